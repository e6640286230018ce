import { storeInfo, storeRoot } from "@imagegate/host";
import { defineCommand } from "../arguments/command.ts";
import { escapeText } from "../messages/escape.ts";
import { formatCount, formatSize } from "../messages/units.ts";

/** `imagegate cache info`: where the cache is and what it weighs. */
export const cacheInfoCommand = defineCommand({
  usage: "cache info",
  description: "Print where the cache is and what it holds",
  options: { "--json": "Print one JSON document instead of text" },
  examples: ["imagegate cache info"],
  parse: (options) => ({ json: options.flag("json") }),
  async run({ json }, shell) {
    const info = await storeInfo(storeRoot(shell.env));
    if (!info.ok) {
      await shell.fail(info.failure);
      return 2;
    }
    const { root, kinds, temporaries } = info.value;
    if (json) await shell.printJson(info.value);
    else {
      const lines = kinds.map(
        ({ kind, entries, sizeBytes }) =>
          `${kind.padEnd(12)}${String(entries).padStart(9)}  ${formatSize(sizeBytes)}`,
      );
      const left =
        temporaries === 0
          ? []
          : [`${formatCount(temporaries, "unfinished write")} (cache prune removes old ones)`];
      await shell.print([escapeText(root), ...lines, ...left]);
    }
    return 0;
  },
});
