import { relative, resolve, sep } from "node:path";
import { fail, ok, type Result } from "@imagegate/core";
import { readFileBounded, type ReadFailure } from "@imagegate/host";
import type { DocumentFormat, TextFailure } from "../documents/document.ts";
import type { NamedDocument } from "../documents/place.ts";
import { readDocument } from "../documents/read.ts";
import type { PinsFailure } from "../failure.ts";

/** A larger document is refused. */
const MAX_DOCUMENT_BYTES = 256 * 1024 * 1024;

/** Reads a file; `path` is absolute or relative to the root. */
export async function readFileDocument(
  path: string,
  format: DocumentFormat,
  root: string,
): Promise<Result<NamedDocument, PinsFailure>> {
  const shown = shownPath(path, root);
  const bytes = await readFileBounded(resolve(root, path), MAX_DOCUMENT_BYTES);
  if (!bytes.ok) return fail(unreadable(shown, { ...bytes.failure, path: shown }));
  const document = readDocument(bytes.value, format);
  return document.ok ? ok({ ...document.value, path: shown }) : fail(unreadable(shown, document.failure));
}

function unreadable(path: string, cause: ReadFailure | TextFailure): PinsFailure {
  return { reason: "pins-document-unreadable", path, cause };
}

/** A path as places have it. */
export function shownPath(path: string, root: string): string {
  return relative(root, resolve(root, path)).split(sep).join("/");
}
