import { storeRoot, verifyStore, type CorruptEntry } from "@imagegate/host";
import { defineCommand } from "../arguments/command.ts";
import { escapeText } from "../messages/escape.ts";
import { formatCount } from "../messages/units.ts";

/** `imagegate cache verify`: reads everything in the cache. */
export const cacheVerifyCommand = defineCommand({
  usage: "cache verify",
  description: "Read the whole cache and print the damaged entries",
  options: {
    "--remove": "Remove the damaged ones",
    "--json": "Print one JSON document instead of text",
  },
  examples: ["imagegate cache verify --remove"],
  parse: (options) => ({ remove: options.flag("remove"), json: options.flag("json") }),
  async run({ remove, json }, shell) {
    const verified = await verifyStore(storeRoot(shell.env), { removeCorrupt: remove });
    if (!verified.ok) {
      await shell.fail(verified.failure);
      return 2;
    }
    const { checked, corrupt } = verified.value;
    const left = corrupt.filter(({ removed }) => !removed).length;
    if (json) await shell.printJson(verified.value);
    else {
      const hint = left === 0 || remove ? [] : ["to remove them: npx imagegate cache verify --remove"];
      const figures = `${formatCount(checked, "entry", "entries")}, ${corrupt.length} damaged, ${corrupt.length - left} removed`;
      await shell.print([...corrupt.map(renderCorrupt), figures, ...hint]);
    }
    return left === 0 ? 0 : 1;
  },
});

function renderCorrupt({ path, problem, removed }: CorruptEntry): string {
  return escapeText(`${removed ? "removed" : "damaged"}  ${path}  (${problem})`);
}
