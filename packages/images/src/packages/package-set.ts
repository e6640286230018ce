import type { Repository } from "../repository.ts";
import type { ResolvedPackage } from "./resolver.ts";

/** The packages of one tree, and the keys that their signatures are checked with. */
export interface PackageSet {
  readonly packages: readonly ResolvedPackage[];
  readonly gpgKeys: readonly string[];
}

/** The set of packages that came from these repositories. */
export function packageSet(
  packages: readonly ResolvedPackage[],
  repositories: readonly Repository[],
): PackageSet {
  return { packages, gpgKeys: [...new Set(repositories.flatMap(({ gpgKeys }) => gpgKeys))] };
}
