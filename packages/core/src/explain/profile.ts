/**
 * What is special to the manifests of one repository: how their names are made, and how packages are named.
 * Plain data, so that it can be written in a configuration and passed to threads.
 */
export interface ExplainProfile {
  /** What stands between the parts of a manifest's name. */
  readonly separator: string;
  /** What the parts mean, in order; a last part may hold the separator, a name may have fewer. */
  readonly parts: readonly string[];
  /** Splits a part into a family and a release, with groups `family` and `release`; parts that do not match have neither. */
  readonly release: RegExp;
  /**
   * Reads the file name of a package, without folders and extension, with groups `name` and, where they are known,
   * `version` (all of epoch, version and release that tells one build from another) and `arch`. The first that matches wins.
   */
  readonly packages: readonly RegExp[];
  /** File names that look like packages and are none, such as markers that a mocked dependency solver leaves. */
  readonly markers: RegExp;
}

/**
 * The profile of osbuild/image-builder: names are `distro-arch-type-config`, a distro is `family_release`.
 * Mocked packages are called `NAME-0:D-D.pkgset~SET^trans~N.ARCH`, where SET may hold `-`, so that their names
 * cannot be read from the right; all others are the usual `NAME-[EPOCH:]VERSION-RELEASE.ARCH`.
 */
export const defaultProfile: ExplainProfile = {
  separator: "-",
  parts: ["distro", "arch", "type", "config"],
  release: /^(?<family>.*[^0-9.])_(?<release>[0-9][0-9.]*)$/,
  packages: [
    /^(?<name>.+?)-(?<version>[0-9]+:[^-]+-[^-~]+)\.pkgset~.*\^trans~[0-9]+(?:\.(?<arch>[^.]+))?$/,
    /^(?<name>.+)-(?<version>(?:[0-9]+:)?[^-]+-[^-]+)\.(?<arch>[a-z0-9_]+)$/,
  ],
  markers: /^(?:exclude:|passed-arch:|passed-repo:|pkgset:)/,
};
