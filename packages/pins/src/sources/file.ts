import { relative, resolve, sep } from "node:path";
import { fail, ok, type Result } from "@imagegate/core";
import { readFileBounded, type ReadFailure } from "@imagegate/host";
import type { DocumentFormat, TextFailure } from "../documents/document.ts";
import type { NamedDocument } from "../documents/place.ts";
import { readDocument } from "../documents/read.ts";
import type { PinsFailure } from "../failure.ts";

/** A larger document is refused. */
const MAX_DOCUMENT_BYTES = 256 * 1024 * 1024;

/** A file's document, and its text as it is. */
export interface FileText {
  readonly document: NamedDocument;
  readonly text: string;
}

/** Reads a file; `path` is absolute or relative to the root. */
export async function readFileDocument(
  path: string,
  format: DocumentFormat,
  root: string,
): Promise<Result<NamedDocument, PinsFailure>> {
  const read = await readFileText(path, format, root);
  return read.ok ? ok(read.value.document) : read;
}

/** Reads a file of which the text is needed too. */
export async function readFileText(
  path: string,
  format: DocumentFormat,
  root: string,
): Promise<Result<FileText, PinsFailure>> {
  const shown = shownPath(path, root);
  const bytes = await readFileBounded(resolve(root, path), MAX_DOCUMENT_BYTES);
  if (!bytes.ok) return fail(unreadable(shown, { ...bytes.failure, path: shown }));
  const document = readDocument(bytes.value, format);
  if (!document.ok) return fail(unreadable(shown, document.failure));
  const text = Buffer.from(bytes.value).toString("utf8");
  return ok({ document: { ...document.value, path: shown }, text });
}

function unreadable(path: string, cause: ReadFailure | TextFailure): PinsFailure {
  return { reason: "pins-document-unreadable", path, cause };
}

/** A path as places have it. */
export function shownPath(path: string, root: string): string {
  return relative(root, resolve(root, path)).split(sep).join("/") || ".";
}
