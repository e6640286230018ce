import { pruneStore, storeRoot } from "@imagegate/host";
import { defineCommand } from "../arguments/command.ts";
import { formatCount, formatSize } from "../messages/units.ts";

const DEFAULT_SIZE_BYTES = 2 ** 30;
const DEFAULT_AGE_MS = 90 * 24 * 60 * 60 * 1000;

/** `imagegate cache prune`: keeps the cache within bounds. */
export const cachePruneCommand = defineCommand({
  usage: "cache prune",
  description: "Remove the oldest entries of the cache",
  options: {
    "--max-size <size>": "What may stay, such as 500MB (default: 1GiB)",
    "--max-age <age>": "How old it may be, such as 12h or 30d (default: 90d)",
    "--json": "Print one JSON document instead of text",
  },
  examples: ["imagegate cache prune", "imagegate cache prune --max-size 200MB --max-age 30d"],
  parse: (options) => ({
    maxBytes: options.size("max-size") ?? DEFAULT_SIZE_BYTES,
    maxAgeMs: options.age("max-age") ?? DEFAULT_AGE_MS,
    json: options.flag("json"),
  }),
  async run({ json, ...bounds }, shell) {
    const pruned = await pruneStore(storeRoot(shell.env), { ...bounds, nowMs: Date.now() });
    if (!pruned.ok) {
      await shell.fail(pruned.failure);
      return 2;
    }
    const { removed, removedBytes, kept, keptBytes, removedTemporaries, failed } = pruned.value;
    if (json) await shell.printJson(pruned.value);
    else
      await shell.print([
        `removed ${formatCount(removed, "entry", "entries")} (${formatSize(removedBytes)}) and ${formatCount(removedTemporaries, "unfinished write")}`,
        `kept ${formatCount(kept, "entry", "entries")} (${formatSize(keptBytes)})`,
        ...(failed === 0 ? [] : [`${formatCount(failed, "file")} could not be removed`]),
      ]);
    return failed === 0 ? 0 : 2;
  },
});
