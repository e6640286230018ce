import { ok, sha256 } from "@imagegate/core";
import { repositoryUrl, type Repository } from "../repository.ts";
import type { PackageRequest, PackageResolver, ResolvedPackage } from "./resolver.ts";

/**
 * Stands in for a repository: every name of a transaction becomes one package that cannot be downloaded.
 *
 * A stand-in's checksum derives from repository, release, architecture, transaction and name. Its URL lies in the
 * repository's current snapshot, so that another snapshot moves the sources and nothing else. Names are looked up in
 * the first repository; each repository adds a stand-in of its own, so that each one's place is in the manifest.
 */
export function mockResolver(): PackageResolver {
  return (request) => {
    const [first] = request.repositories;
    const names = [...request.install, ...request.exclude.map((name) => `exclude:${name}`)];
    return ok([
      ...request.repositories.map((repository) =>
        standIn(request, repository, `repository:${repository.id}`),
      ),
      ...(first === undefined ? [] : names.map((name) => standIn(request, first, name))),
    ]);
  };
}

function standIn(request: PackageRequest, repository: Repository, name: string): ResolvedPackage {
  const { release, arch, name: transaction } = request;
  const identity = [repository.id, release, arch, transaction, name];
  return {
    name,
    evra: `0-0.${arch}`,
    checksum: `sha256:${sha256(identity.join("\0"))}`,
    url: `${repositoryUrl(repository)}/stand-ins/${transaction}/${encodeURIComponent(name)}.rpm`,
    isSigned: repository.gpgKeys.length > 0,
  };
}
