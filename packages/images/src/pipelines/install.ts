import type { SourceFileReference, Stage } from "../manifest.ts";
import type { PackageSet } from "../packages/package-set.ts";
import { rpm, type RpmOptions } from "../stages/packages.ts";

/** The rpm stage that installs a set of packages, checking the signatures of those that have one. */
export function installPackages(
  { packages, gpgKeys }: PackageSet,
  options: RpmOptions = {},
): Stage<RpmOptions> {
  const references = packages.map(({ checksum, isSigned }): SourceFileReference =>
    isSigned ? { id: checksum, options: { metadata: { "rpm.check_gpg": true } } } : { id: checksum },
  );
  return rpm(
    { ...(gpgKeys.length > 0 && { gpgkeys: gpgKeys }), ...options },
    { type: "org.osbuild.files", origin: "org.osbuild.source", references },
  );
}
