import { copyFile, open, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fail, ok, type Result } from "@imagegate/core";
import { makeFolder, temporaryPath, type WriteFailure } from "@imagegate/host";
import pLimit from "p-limit";

/** Files brought to the disk at once: a file system settles many in the time of one. */
const SYNCED_AT_ONCE = 16;

/** New records on their way: written beside the output folder as they come, renamed into place at the end. */
export class RecordStaging {
  readonly #folder: string;
  readonly #target: string;
  /** Where each staged record stands, by its file name. */
  readonly #staged = new Map<string, string>();

  private constructor(folder: string, target: string) {
    this.#folder = folder;
    this.#target = target;
  }

  /** Makes an empty staging folder; what a killed run left in it is removed. Both paths are absolute. */
  static async open(folder: string, target: string): Promise<Result<RecordStaging, WriteFailure>> {
    try {
      await rm(folder, { recursive: true, force: true });
      await makeFolder(folder);
      return ok(new RecordStaging(folder, target));
    } catch (cause) {
      return fail(writeFailure(folder, cause));
    }
  }

  /** Keeps a record's text until the commit. */
  async stage(fileName: string, text: string): Promise<Result<void, WriteFailure>> {
    const path = join(this.#folder, fileName);
    try {
      await writeFile(path, text);
      this.#staged.set(fileName, path);
      return ok(undefined);
    } catch (cause) {
      return fail(writeFailure(path, cause));
    }
  }

  /** Puts all staged records in place, then removes `obsolete` ones; each file is at any moment old or new, whole. */
  async commit(obsolete: readonly string[]): Promise<Result<void, WriteFailure>> {
    try {
      if (this.#staged.size > 0) {
        await makeFolder(this.#target);
        if (!(await this.#sharesFileSystem())) await this.#moveAcross();
        await pLimit(SYNCED_AT_ONCE).map(this.#staged.values(), syncFile);
      }
      for (const [fileName, path] of this.#staged) await rename(path, join(this.#target, fileName));
      for (const fileName of obsolete) await rm(join(this.#target, fileName), { force: true });
      return ok(undefined);
    } catch (cause) {
      return fail(writeFailure(this.#target, cause));
    }
  }

  /** Removes the staging folder and all that was staged and not committed. */
  async close(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
    for (const path of this.#staged.values()) await rm(path, { force: true });
  }

  async #sharesFileSystem(): Promise<boolean> {
    const [from, to] = await Promise.all([stat(this.#folder), stat(this.#target)]);
    return from.dev === to.dev;
  }

  /** Over a file system's border nothing can be renamed: the bytes move first, while no record has changed yet. */
  async #moveAcross(): Promise<void> {
    for (const [fileName, path] of this.#staged) {
      const temporary = temporaryPath(join(this.#target, fileName));
      this.#staged.set(fileName, temporary);
      await copyFile(path, temporary);
    }
  }
}

/** A rename must not reach the disk before what it renames. */
async function syncFile(path: string): Promise<void> {
  const file = await open(path, "r");
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

function writeFailure(path: string, cause: unknown): WriteFailure {
  return { reason: "write-failed", path, code: (cause as NodeJS.ErrnoException).code ?? "unknown", cause };
}
