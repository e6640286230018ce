import { fail, ok } from "@imagegate/core";
import { repositoryUrl, type Repository } from "../repository.ts";
import { isSameTransaction, type LockedPackage, type PackageLock } from "./lock-file.ts";
import type { PackageResolver, ResolvedPackage } from "./resolver.ts";

/**
 * Takes packages from a lock: checksums from the lock, URLs in the current snapshot of each repository.
 *
 * A transaction that differs from what was locked in one name is refused, so a lock cannot go stale unnoticed.
 */
export function lockResolver(lock: PackageLock): PackageResolver {
  return ({ release, arch, repositories, name, install, exclude }) => {
    if (lock.release !== release || lock.arch !== arch) {
      const locked = { release: lock.release, arch: lock.arch };
      return fail({ reason: "lock-for-another-release", locked, requested: { release, arch } });
    }
    const requested = { name, install, exclude };
    const found = lock.transactions.find((transaction) => isSameTransaction(transaction, requested));
    if (found === undefined) return fail({ reason: "transaction-not-locked", requested });

    const byId = new Map(repositories.map((repository) => [repository.id, repository]));
    const unknown = found.packages.map((entry) => entry.repository).filter((id) => !byId.has(id));
    if (unknown.length > 0) {
      const ids = [...new Set(unknown)].toSorted();
      return fail({ reason: "locked-repository-unknown", transaction: name, repositories: ids });
    }
    return ok(found.packages.map((entry) => locate(entry, byId.get(entry.repository) as Repository)));
  };
}

function locate(entry: LockedPackage, repository: Repository): ResolvedPackage {
  return {
    name: entry.name,
    evra: entry.evra,
    checksum: entry.checksum,
    url: `${repositoryUrl(repository)}/${entry.url}`,
    isSigned: repository.gpgKeys.length > 0,
  };
}
