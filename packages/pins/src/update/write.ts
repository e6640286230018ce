import { realpath, stat } from "node:fs/promises";
import { fail, type Result } from "@imagegate/core";
import { readFileBounded, writeFileAtomic, type WriteFailure } from "@imagegate/host";
import { applyEdits, findNodeAtLocation, modify, parseTree, type Edit, type JSONPath } from "jsonc-parser";
import type { PinsFailure } from "../failure.ts";
import type { PinUpdate } from "./pin-update.ts";
import type { PinsDocument } from "./pins-document.ts";

/** A pins file's text with the updates in it; everything else stays as it is, white space included. */
export function applyUpdates(text: string, updates: readonly PinUpdate[]): string {
  let edited = text;
  for (const { entry, changes } of updates) {
    for (const { field, to } of changes) {
      const path = ["pins", entry.index, field];
      // Without options for a format, or the editor would lay out all of the line anew.
      const edits = modify(edited, path, to, {});
      edited = applyEdits(edited, isThere(edited, path) ? edits : edits.map((edit) => spaced(edited, edit)));
    }
  }
  return edited;
}

/** Writes the updates, unless somebody changed the file since it was read. */
export async function writeUpdates(
  { path, absolutePath, text }: PinsDocument,
  updates: readonly PinUpdate[],
): Promise<Result<void, PinsFailure | WriteFailure>> {
  const before = Buffer.from(text);
  const now = await readFileBounded(absolutePath, before.length);
  if (!now.ok || !before.equals(now.value)) return fail({ reason: "pins-file-moved", path });
  return replaceText(path, absolutePath, applyUpdates(text, updates));
}

/** The file that a link leads to is replaced, with the rights that it has; one that may not be written is left alone. */
async function replaceText(
  path: string,
  absolutePath: string,
  text: string,
): Promise<Result<void, WriteFailure>> {
  try {
    const target = await realpath(absolutePath);
    const mode = (await stat(target)).mode & 0o777;
    if ((mode & 0o222) === 0) {
      return fail({ reason: "write-failed", path, code: "EACCES", cause: new Error("it is read-only") });
    }
    const written = await writeFileAtomic(target, text, { mode });
    return written.ok ? written : fail({ ...written.failure, path });
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? "UNKNOWN";
    return fail({ reason: "write-failed", path, code, cause });
  }
}

function isThere(text: string, path: JSONPath): boolean {
  const tree = parseTree(text);
  return tree !== undefined && findNodeAtLocation(tree, path) !== undefined;
}

/** A member that was not there, behind the last one (`,"key":value`), written as that is: on a line of its own, or not. */
function spaced(text: string, { offset, length, content }: Edit): Edit {
  const lineStart = text.lastIndexOf("\n", offset - 1) + 1;
  const [indent = ""] = /^[ \t]*(?=[^{]*$)/.exec(text.slice(lineStart, offset)) ?? [];
  const eol = text[lineStart - 2] === "\r" ? "\r\n" : "\n";
  const gap = indent === "" ? " " : `${eol}${indent}`;
  return { offset, length, content: content.replace(/^,/, `,${gap}`) };
}
