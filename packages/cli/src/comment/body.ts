import { resolve } from "node:path";
import { fail, ok, type Result } from "@imagegate/core";
import { renderMarkdown } from "@imagegate/core/report";
import { readFileBounded } from "@imagegate/host";
import type { DescribedFailure } from "../failure.ts";
import { readReport } from "../reports/read.ts";
import type { Shell } from "../shell/shell.ts";
import { readStdin } from "../shell/stdin.ts";

/** Where the words of a comment come from; `-` is stdin. */
export type CommentSource =
  | { readonly kind: "body"; readonly file: string }
  | {
      readonly kind: "report";
      readonly file: string;
      /** Where the whole report is to be found. */
      readonly link?: string;
    };

/** No forge takes a longer comment, whatever its characters. */
const MAX_BODY_BYTES = 4_000_000;

/** What a comment is to say: Markdown as it was given, or made of a report and nothing else. */
export async function readBody(
  source: CommentSource,
  shell: Shell,
): Promise<Result<string, DescribedFailure>> {
  if (source.kind === "body") return readMarkdown(source.file, shell);
  const { file, ...rendering } = source;
  const report = await readReport(file, shell);
  return report.ok ? ok(renderMarkdown(report.value, { ...rendering })) : report;
}

async function readMarkdown(
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
