import { resolve } from "node:path";
import { fail, ok, type Result } from "@imagegate/core";
import { readFileBounded } from "@imagegate/host";
import type { DescribedFailure } from "../failure.ts";
import type { Shell } from "../shell/shell.ts";
import { readStdin } from "../shell/stdin.ts";

/** No forge takes a longer comment, whatever its characters. */
const MAX_BODY_BYTES = 4_000_000;

/** What a comment is to say, from a file or, for `-`, from stdin. */
export async function readBody(
  file: string,
  { cwd, stdin, signal }: Shell,
): Promise<Result<string, DescribedFailure>> {
  const bytes =
    file === "-"
      ? await readStdin(stdin, MAX_BODY_BYTES, signal)
      : await readFileBounded(resolve(cwd, file), MAX_BODY_BYTES);
  if (!bytes.ok) {
    const { failure } = bytes;
    return fail(failure.reason === "too-large" ? { ...failure, reason: "body-too-large" } : failure);
  }
  try {
    return ok(new TextDecoder("utf-8", { fatal: true }).decode(bytes.value));
  } catch {
    return fail({ reason: "body-not-utf8", path: file });
  }
}
