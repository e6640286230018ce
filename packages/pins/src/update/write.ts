import { fail, ok, type Result } from "@imagegate/core";
import { readFileBounded, writeFileAtomic, type WriteFailure } from "@imagegate/host";
import {
  applyEdits,
  findNodeAtLocation,
  modify,
  parseTree,
  type JSONPath,
  type ModificationOptions,
} from "jsonc-parser";
import type { PinsFailure } from "../failure.ts";
import type { PinsDocument } from "./pins-document.ts";
import type { PinUpdate } from "./plan.ts";

/** A pins file's text with the updates in it; everything else stays as it is, white space included. */
export function applyUpdates(text: string, updates: readonly PinUpdate[]): string {
  let edited = text;
  for (const { entry, changes } of updates) {
    for (const { field, to } of changes) {
      const path = ["pins", entry.index, field];
      edited = applyEdits(edited, modify(edited, path, to, formattingAt(edited, path.slice(0, -1))));
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
  const written = await writeFileAtomic(absolutePath, applyUpdates(text, updates));
  return written.ok ? ok(undefined) : fail({ ...written.failure, path });
}

/**
 * How a field is written that was not there: on a line of its own, as the file is as far as its first lines tell. An
 * entry on one line stays on it: the editor would otherwise lay out all of it anew.
 */
function formattingAt(text: string, entry: JSONPath): ModificationOptions {
  const tree = parseTree(text);
  const node = tree === undefined ? undefined : findNodeAtLocation(tree, entry);
  const isOnOneLine =
    node === undefined || !text.slice(node.offset, node.offset + node.length).includes("\n");
  if (isOnOneLine) return {};
  const [, indent = "  "] = /\n([ \t]+)/.exec(text) ?? [];
  const insertSpaces = !indent.startsWith("\t");
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  return { formattingOptions: { insertSpaces, tabSize: insertSpaces ? indent.length : 1, eol } };
}
