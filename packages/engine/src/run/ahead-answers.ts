import { hasFineStamps, isSameState, lookAt, type FileState } from "../generators/file-state.ts";
import type { OfferedManifest } from "../generators/manifest-set.ts";
import type { AheadFile } from "../generators/read-ahead.ts";
import type { FingerprintedManifest, ManifestAnswer } from "../pool/task.ts";

/**
 * Answers about files that were read while a command still wrote. One holds as long as its file is as it was at two
 * looks before it was read: what is written after the read has a later stamp, since those looks lie further apart than
 * the steps of the stamps. What is written through a memory mapping may have none; see the README.
 */
export class AheadAnswers {
  readonly #answers = new Map<
    string,
    { readonly state: FileState; readonly answer: FingerprintedManifest }
  >();

  /** A failure is nothing yet: the file may not have been complete. */
  add({ path, state }: AheadFile, answer: ManifestAnswer): void {
    if (answer.ok && hasFineStamps(state)) this.#answers.set(path, { state, answer: answer.value });
  }

  /** The answer about a manifest whose file did not move. */
  take({ source }: OfferedManifest): FingerprintedManifest | undefined {
    if (source.kind !== "file") return undefined;
    const known = this.#answers.get(source.path);
    if (known === undefined) return undefined;
    this.#answers.delete(source.path);
    const state = lookAt(source.path);
    return state !== undefined && isSameState(state, known.state) ? known.answer : undefined;
  }
}
