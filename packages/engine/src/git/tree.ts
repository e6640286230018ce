import { fail, ok, type Result } from "@imagegate/core";
import type { GitFailure, MissingObject } from "../failure.ts";
import { runGit } from "./git.ts";

/** A file of a commit. */
export interface TreeFile {
  /** Relative to the folder that was asked about, POSIX. */
  readonly path: string;
  /** `100644`, `100755`, `120000` for a link, `160000` for a submodule. */
  readonly mode: string;
  readonly object: string;
}

const MAX_LISTING_BYTES = 512 * 1024 * 1024;

/** The files of a commit below a folder of the checkout, or below some folders in it, in git's order. */
export async function listTree(
  folder: string,
  commit: string,
  {
    below = [],
    signal,
  }: { readonly below?: readonly string[]; readonly signal?: AbortSignal | undefined } = {},
): Promise<Result<readonly TreeFile[], GitFailure>> {
  const places = below.length === 0 ? [] : ["--", ...below.map((path) => `${path}/`)];
  const listed = await runGit(folder, ["ls-tree", "-r", "-z", commit, ...places], {
    signal,
    maxStdoutBytes: MAX_LISTING_BYTES,
  });
  if (!listed.ok) return listed;
  const lines = listed.value.toString("utf8").split("\0");
  return ok(
    lines.flatMap((line) => {
      const [, mode, object, path] = /^(\d+) \w+ ([0-9a-f]+)\t([^]+)$/.exec(line) ?? [];
      return mode === undefined || object === undefined || path === undefined ? [] : [{ path, mode, object }];
    }),
  );
}

/** The bytes of objects, in their order; one process for all. */
export async function readObjects(
  folder: string,
  objects: readonly string[],
  signal?: AbortSignal,
): Promise<Result<readonly Buffer[], GitFailure | MissingObject>> {
  if (objects.length === 0) return ok([]);
  const stdin = `${objects.join("\n")}\n`;
  const answer = await runGit(folder, ["cat-file", "--batch"], {
    signal,
    stdin,
    maxStdoutBytes: MAX_LISTING_BYTES,
  });
  if (!answer.ok) return answer;
  const found: Buffer[] = [];
  for (let at = 0; at < answer.value.length;) {
    const end = answer.value.indexOf(0x0a, at);
    const size = Number(/^[0-9a-f]+ blob (\d+)$/.exec(answer.value.toString("latin1", at, end))?.[1]);
    if (!Number.isInteger(size)) break;
    found.push(answer.value.subarray(end + 1, end + 1 + size));
    at = end + size + 2;
  }
  if (found.length === objects.length) return ok(found);
  return fail({ reason: "object-missing", object: objects[found.length] ?? "" });
}
