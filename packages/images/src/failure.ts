import type { Result } from "@imagegate/core";
import type { DiskProblem } from "./disk/plan.ts";
import type { LockFailure } from "./packages/lock-file.ts";
import type { ResolveFailure } from "./packages/resolver.ts";
import type { RepositoryFailure } from "./repository.ts";

/** Why a definition gives no manifest. */
export type ImageFailure =
  | { readonly reason: "image-name-invalid"; readonly name: string }
  | { readonly reason: "image-names-collide"; readonly names: readonly string[] }
  | { readonly reason: "file-paths-invalid"; readonly paths: readonly string[] }
  | { readonly reason: "disk-invalid"; readonly problems: readonly DiskProblem[] }
  | LockFailure
  | RepositoryFailure
  | ResolveFailure;

/** A failure where a definition can only throw: at a module's top level and inside `Image.manifest`. */
export class DefinitionError extends Error {
  override readonly name = "DefinitionError";
  readonly failure: ImageFailure;

  constructor(failure: ImageFailure) {
    const { reason, ...fields } = failure;
    super(`${reason} ${JSON.stringify(fields)}`);
    this.failure = failure;
  }
}

/** The value of a result; its failure is thrown as a `DefinitionError`. */
export function orThrow<T>(result: Result<T, ImageFailure>): T {
  if (result.ok) return result.value;
  throw new DefinitionError(result.failure);
}
