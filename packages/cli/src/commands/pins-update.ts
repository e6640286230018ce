import { defineCommand } from "../arguments/command.ts";
import type { OptionReader } from "../arguments/option-reader.ts";
import { renderUpdates } from "../messages/pin-update.ts";
import { formatCount } from "../messages/units.ts";
import { NETWORK_OPTIONS, readNetwork, ROOT_OPTION } from "../pins/options.ts";
import { fetchUpdates, selectPins, writeAgreed, type UpdateInput } from "../pins/update.ts";

/** `imagegate pins update`: pins what lies at the urls today, once somebody has seen old and new. */
export const pinsUpdateCommand = defineCommand<UpdateInput>({
  usage: "pins update [...names-then-file]",
  description: "Download pins of a file anew, show old and new with evidence, and write them there",
  options: {
    "--all": "All pins of the file instead of some by name",
    "--yes": "Write without asking; needed in CI and without a terminal",
    ...NETWORK_OPTIONS,
    ...ROOT_OPTION,
  },
  examples: ["imagegate pins update busybox smoke.pins.json", "imagegate pins update --all smoke.pins.json"],
  parse: readUpdateInput,
  async run(input, shell) {
    const selected = await selectPins(input, shell);
    if (selected === null) return 2;
    const updates = await fetchUpdates(selected, input.network, shell);
    if (updates === null) return 2;
    const changed = updates.filter(({ changes }) => changes.length > 0);
    if (changed.length === 0) {
      await shell.print([`nothing to update: ${formatCount(updates.length, "pin")} as pinned`]);
      return 0;
    }
    await shell.print(renderUpdates(changed, shell.colors));
    return writeAgreed(selected.document, changed, input, shell);
  },
});

function readUpdateInput(options: OptionReader, positionals: readonly string[]): UpdateInput {
  const isAll = options.flag("all");
  const names = positionals.slice(0, -1);
  const file = positionals.at(-1);
  if (file === undefined) options.problems.push("the pins file is missing");
  else if (isAll === names.length > 0)
    options.problems.push("either names or --all say which pins are meant");
  return {
    file: file ?? "",
    names: isAll ? null : names,
    isAgreed: options.flag("yes"),
    root: options.text("root"),
    network: readNetwork(options),
  };
}
