import { resolve } from "node:path";
import { EXPLAINING_KINDS, importStore, STORE_KINDS, storeRoot, type ImportReport } from "@imagegate/host";
import { defineCommand } from "../arguments/command.ts";
import { escapeText } from "../messages/escape.ts";
import { formatCount } from "../messages/units.ts";

/** `imagegate cache import`: takes over what `cache export` wrote. */
export const cacheImportCommand = defineCommand({
  usage: "cache import <file>",
  description: "Take what cache export wrote into the cache, each entry verified",
  options: {
    "--answers":
      "Also take what decides verdicts; only from a file that nobody could write whom you do not trust",
    "--json": "Print one JSON document instead of text",
  },
  examples: ["imagegate cache import bases.imagegate"],
  parse: (options, [file = ""]) => ({
    file,
    kinds: options.flag("answers") ? STORE_KINDS : EXPLAINING_KINDS,
    json: options.flag("json"),
  }),
  async run({ file, kinds, json }, shell) {
    const report = await importStore(storeRoot(shell.env), resolve(shell.cwd, file), { kinds });
    if (!report.ok) {
      await shell.fail(report.failure);
      return 2;
    }
    if (json) await shell.printJson(report.value);
    else await shell.print(renderReport(report.value).map(escapeText));
    if (report.value.failed !== null) return 2;
    return isWhole(report.value) ? 0 : 1;
  },
});

/** Whether the file was all that its writer meant it to be. */
function isWhole(report: ImportReport): boolean {
  return report.damaged === 0 && report.announced === countEntries(report);
}

function countEntries({ imported, present, skipped, failed }: ImportReport): number {
  return imported + present + skipped + (failed?.count ?? 0);
}

function renderReport(report: ImportReport): readonly string[] {
  const { imported, present, skipped, damaged, announced, failed } = report;
  const lines = [`${formatCount(imported, "entry", "entries")} imported, ${present} already there`];
  if (skipped > 0)
    lines.push(`${formatCount(skipped, "entry", "entries")} skipped that would decide verdicts (--answers)`);
  if (damaged > 0)
    lines.push(`${formatCount(damaged, "damaged entry was", "damaged entries were")} not imported`);
  if (announced === null) lines.push("the file is cut off: its end is missing");
  else if (announced !== countEntries(report))
    lines.push(`the file was written with ${formatCount(announced, "entry", "entries")}`);
  if (failed !== null)
    lines.push(
      `${failed.count} could not be written, the first to ${failed.first.path} (${failed.first.code})`,
    );
  return lines;
}
