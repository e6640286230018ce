import type { Result } from "@imagegate/core";
import type { Architecture } from "../architecture.ts";
import type { Checksum } from "../manifest.ts";
import type { Repository } from "../repository.ts";

/** Which packages go into one tree. */
export interface Transaction {
  /** `build` or `os`. */
  readonly name: string;
  /** Packages, or groups as dnf writes them (`@core`). */
  readonly install: readonly string[];
  /** Packages that dependencies and groups must not bring in. */
  readonly exclude: readonly string[];
}

/** A transaction with all that its outcome depends on. */
export interface PackageRequest extends Transaction {
  /** `fedora-43` for example. */
  readonly release: string;
  readonly arch: Architecture;
  readonly repositories: readonly Repository[];
}

/** A package to download and install. */
export interface ResolvedPackage {
  readonly name: string;
  /** `[epoch:]version-release.arch`. */
  readonly evra: string;
  /** Depends on the package alone, never on the place that it is downloaded from. */
  readonly checksum: Checksum;
  /** Where the package is in its repository's current snapshot. */
  readonly url: string;
  /** Whether rpm checks its signature. */
  readonly isSigned: boolean;
}

/** Finds the packages of a transaction, in the order in which the manifest lists them. */
export type PackageResolver = (request: PackageRequest) => Result<readonly ResolvedPackage[], ResolveFailure>;

/** Why the packages of a transaction cannot be found. */
export type ResolveFailure =
  | {
      readonly reason: "lock-for-another-release";
      readonly locked: { readonly release: string; readonly arch: string };
      readonly requested: { readonly release: string; readonly arch: string };
    }
  | { readonly reason: "transaction-not-locked"; readonly requested: Transaction }
  | {
      readonly reason: "locked-repository-unknown";
      readonly transaction: string;
      readonly repositories: readonly string[];
    }
  | { readonly reason: "kernel-not-resolved"; readonly transaction: string; readonly kernel: string };
