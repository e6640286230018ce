import { resolve } from "node:path";
import { fail, ok, type Result } from "@imagegate/core";
import {
  EXPLAINING_KINDS,
  exportStore,
  findEntries,
  STORE_KINDS,
  storeRoot,
  type StoreEntry,
} from "@imagegate/host";
import { defineCommand } from "../arguments/command.ts";
import type { DescribedFailure } from "../failure.ts";
import { escapeText } from "../messages/escape.ts";
import { formatCount, formatSize } from "../messages/units.ts";

/** `imagegate cache export`: the cache, or some of it, in one file. */
export const cacheExportCommand = defineCommand({
  usage: "cache export <file> [...keys]",
  description: "Write what explains changes, or only some keys and what belongs to them, to one file",
  options: {
    "--answers": "Also what decides verdicts: known fingerprints and osbuild's answers",
    "--json": "Print one JSON document instead of text",
  },
  examples: ["imagegate cache export bases.imagegate", "imagegate cache export one.imagegate 3f5a90c1"],
  parse: (options, [file = "", ...keys]) => ({
    file,
    keys: keys.map((key) => key.replace(/^sha(256|1):/, "")),
    kinds: options.flag("answers") ? STORE_KINDS : EXPLAINING_KINDS,
    json: options.flag("json"),
  }),
  async run({ file, keys, kinds, json }, shell) {
    const root = storeRoot(shell.env);
    const entries = await findAll(root, keys);
    if (!entries.ok) {
      await shell.fail(entries.failure);
      return 2;
    }
    const chosen = keys.length === 0 ? {} : { entries: entries.value };
    const report = await exportStore(root, resolve(shell.cwd, file), { kinds, ...chosen });
    if (!report.ok) {
      await shell.fail(report.failure);
      return 2;
    }
    const { exported, damaged, sizeBytes } = report.value;
    if (json) await shell.printJson(report.value);
    else {
      const figures = `${formatCount(exported, "entry", "entries")} (${formatSize(sizeBytes)})`;
      await shell.print([escapeText(`wrote ${figures} to ${file}`), ...renderDamaged(damaged)]);
    }
    return damaged === 0 ? 0 : 1;
  },
});

async function findAll(
  root: string,
  keys: readonly string[],
): Promise<Result<readonly StoreEntry[], DescribedFailure>> {
  const found: StoreEntry[] = [];
  for (const key of keys) {
    const entries = await findEntries(root, key);
    if (!entries.ok) return entries;
    if (entries.value.length === 0) return fail({ reason: "store-key-unknown", key, root });
    found.push(...entries.value);
  }
  return ok(found);
}

function renderDamaged(damaged: number): readonly string[] {
  if (damaged === 0) return [];
  const left = `${formatCount(damaged, "damaged entry", "damaged entries")} left out`;
  return [`${left}; to remove what is damaged: npx imagegate cache verify --remove`];
}
