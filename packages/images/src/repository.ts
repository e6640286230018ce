/** A package repository, as part of an image's definition: at a fixed place, or a mirror with dated snapshots. */
export type Repository = FixedRepository | SnapshotRepository;

/** A repository whose place never changes. */
export interface FixedRepository extends RepositoryIdentity {
  readonly baseurl: string;
}

/** A mirror that keeps the repository as it was on a date. */
export interface SnapshotRepository extends RepositoryIdentity {
  /** The URL of a snapshot, with `{snapshot}` where its date stands. */
  readonly mirror: `${string}{snapshot}${string}`;
  /** The date as the mirror writes it, `20260106` for example. */
  readonly snapshot: string;
}

/** What stays when a repository moves. */
interface RepositoryIdentity {
  readonly id: string;
  /** Armoured public keys; packages of a repository without keys are installed without a signature check. */
  readonly gpgKeys: readonly string[];
}

/** Why repositories cannot be used. */
export type RepositoryFailure =
  | { readonly reason: "repository-ids-collide"; readonly ids: readonly string[] }
  | { readonly reason: "repository-url-invalid"; readonly repository: string; readonly url: string };

/** The root of a repository as it is now, without a slash at its end. */
export function repositoryUrl(repository: Repository): string {
  const url =
    "baseurl" in repository
      ? repository.baseurl
      : repository.mirror.replaceAll("{snapshot}", repository.snapshot);
  return url.replace(/\/+$/, "");
}

/** What makes repositories unusable: two with one id, or a place that is not a URL. */
export function repositoryProblem(repositories: readonly Repository[]): RepositoryFailure | null {
  const ids = repositories.map(({ id }) => id);
  const repeated = ids.filter((id, index) => ids.indexOf(id) !== index);
  if (repeated.length > 0) return { reason: "repository-ids-collide", ids: [...new Set(repeated)] };
  const misplaced = repositories.find((repository) => !isRepositoryUrl(repository));
  if (misplaced === undefined) return null;
  return { reason: "repository-url-invalid", repository: misplaced.id, url: repositoryUrl(misplaced) };
}

/** A mirror without its snapshot in the URL would hide the snapshot from the manifest. */
function isRepositoryUrl(repository: Repository): boolean {
  const showsSnapshot =
    "baseurl" in repository || (repository.mirror.includes("{snapshot}") && repository.snapshot !== "");
  return showsSnapshot && URL.canParse(repositoryUrl(repository));
}
