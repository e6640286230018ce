import type { DocumentFormat } from "../documents/document.ts";
import { DOCUMENT_FORMATS } from "../documents/document.ts";
import { formatOfPath } from "../documents/read.ts";
import type { EntryPattern } from "../pins-file/schema.ts";
import { readEntries } from "./entries.ts";
import { readFileDocument, shownPath } from "./file.ts";
import { failedReading, type Reading, type ReadingContext } from "./source.ts";

/** How documents are read that are none of ours. */
export interface DocumentShape {
  /** Undefined is what the extension says. */
  readonly format?: DocumentFormat | undefined;
  readonly pattern: EntryPattern;
}

/** The pins of one document. */
export async function readPatterned(
  path: string,
  { format = formatOfPath(path) ?? undefined, pattern }: DocumentShape,
  { root }: ReadingContext,
): Promise<Reading> {
  if (format === undefined) {
    return failedReading({
      reason: "pins-format-unknown",
      path: shownPath(path, root),
      known: DOCUMENT_FORMATS,
    });
  }
  const document = await readFileDocument(path, format, root);
  if (!document.ok) return failedReading(document.failure);
  return { ...readEntries(document.value, pattern), documents: [document.value.path] };
}
