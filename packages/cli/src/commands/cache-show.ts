import { findEntries, openStore, storeRoot, type StoreEntry, type StoreRead } from "@imagegate/host";
import { defineCommand } from "../arguments/command.ts";
import { escapeText } from "../messages/escape.ts";
import { formatSize } from "../messages/units.ts";

/** `imagegate cache show`: the entries of a key. */
export const cacheShowCommand = defineCommand({
  usage: "cache show <key>",
  description: "Print what the cache holds under a key, or under its first digits",
  options: { "--json": "Print one JSON document instead of text" },
  examples: ["imagegate cache show 3f5a90c1"],
  parse: (options, [key = ""]) => ({ key: key.replace(/^sha(256|1):/, ""), json: options.flag("json") }),
  async run({ key, json }, shell) {
    const root = storeRoot(shell.env);
    const entries = await findEntries(root, key);
    if (!entries.ok || entries.value.length === 0) {
      await shell.fail(entries.ok ? { reason: "store-key-unknown", key, root } : entries.failure);
      return 2;
    }
    const store = openStore({ root });
    const shown: ShownEntry[] = [];
    for (const entry of entries.value) shown.push(showEntry(entry, await store.read(entry.kind, entry.key)));
    if (json) await shell.printJson({ entries: shown });
    else await shell.print(shown.flatMap(renderEntry));
    return shown.every(({ state }) => state === "whole") ? 0 : 1;
  },
});

interface ShownEntry {
  readonly kind: string;
  readonly key: string;
  readonly path: string;
  readonly sizeBytes: number;
  /** ISO 8601, UTC. */
  readonly written: string;
  readonly state: "whole" | "damaged";
  /** Null when it is damaged. */
  readonly content: string | null;
}

function showEntry({ kind, key, path, sizeBytes, writtenAtMs }: StoreEntry, read: StoreRead): ShownEntry {
  const head = { kind, key, path, sizeBytes, written: new Date(writtenAtMs).toISOString() };
  if (read.status !== "hit") return { ...head, state: "damaged", content: null };
  return { ...head, state: "whole", content: Buffer.from(read.bytes).toString("utf8") };
}

function renderEntry({ kind, key, path, sizeBytes, written, state, content }: ShownEntry): readonly string[] {
  const head = `${kind}  ${key}  ${formatSize(sizeBytes)}  ${written}  ${state}`;
  return [head, escapeText(path), ...(content ?? "").trimEnd().split("\n").map(escapeText)];
}
