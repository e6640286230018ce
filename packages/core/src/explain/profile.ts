/** A part of a manifest's name. */
export interface NamePart {
  readonly name: string;
  /** The word that stands before its values in a scope, such as `of`; empty for the part that needs none. */
  readonly word: string;
}

/**
 * What is special to the manifests of one repository: how their names are made, and how packages are named.
 * Plain data, so that it can be written in a configuration and passed to threads.
 */
export interface ExplainProfile {
  /** What stands between the parts of a manifest's name. */
  readonly separator: string;
  /** In order; the last may hold the separator, and a name may have fewer. */
  readonly parts: readonly NamePart[];
  /** How else values of parts are spelled in names of packages and settings, such as `x64` for `x86_64`. */
  readonly spellings: ReadonlyMap<string, readonly string[]>;
  /** Splits the first part into a family and a release, by groups `family` and `release`; others have neither. */
  readonly release: RegExp;
  /**
   * Reads the file name of a package, without folders and extension, with groups `name` and, where it is known,
   * `version` (all that tells one build of it from another). The first that matches wins.
   */
  readonly packages: readonly RegExp[];
  /** File names that look like packages and are none, such as marks that a mocked dependency solver leaves. */
  readonly markers: RegExp;
}

/**
 * The profile of osbuild/image-builder: names are `distro-arch-type-config`, a distro is `family_release`.
 * Mocked packages are called `NAME-0:D-D.pkgset~SET^trans~N.ARCH`, where SET may hold `-`, so that their names
 * cannot be read from the right; all others are the usual `NAME-[EPOCH:]VERSION-RELEASE.ARCH`.
 */
export const defaultProfile: ExplainProfile = {
  separator: "-",
  parts: [
    { name: "distro", word: "of" },
    { name: "arch", word: "on" },
    { name: "type", word: "" },
    { name: "config", word: "with" },
  ],
  spellings: new Map([
    ["aarch64", ["aa64", "arm64", "ttyama"]],
    ["ppc64le", ["ppc64", "hvc0"]],
    ["s390x", ["s390", "ttysclp"]],
    ["x86_64", ["x64", "ia32", "i386", "i686", "ttys0"]],
  ]),
  release: /^(?<family>.*[^0-9.])_(?<release>[0-9][0-9.]*)$/,
  packages: [
    /^(?<name>.+?)-(?<version>[0-9]+:[^-]+-[^-~]+)\.pkgset~.*\^trans~[0-9]+(?:\.[^.]+)?$/,
    /^(?<name>.+)-(?<version>(?:[0-9]+:)?[^-]+-[^-]+)\.[a-z0-9_]+$/,
  ],
  markers: /^(?:exclude:|passed-arch:|passed-repo:|pkgset:)/,
};
