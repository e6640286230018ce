import { findRecord, history } from "@imagegate/engine";
import { defineCommand } from "../arguments/command.ts";
import { PLACE_OPTIONS, readPlace } from "../families/place.ts";
import { findWorkspace } from "../families/selection.ts";
import { renderHistory } from "../messages/history.ts";

/** `imagegate history`: a record's values over git's history. */
export const historyCommand = defineCommand({
  usage: "history <name>",
  description: "Print the commits that moved a record, and which of its lines moved",
  options: {
    "--limit <n>": "How many commits (default: 50)",
    ...PLACE_OPTIONS,
    "--json": "Print one JSON document instead of text",
  },
  examples: [
    "imagegate history fedora_43-x86_64-qcow2-empty",
    "imagegate history fedora/fedora_43-x86_64-qcow2-empty --limit 3",
  ],
  parse: (options, [name = ""]) => ({
    name,
    limit: options.count("limit") ?? 50,
    place: readPlace(options),
    json: options.flag("json"),
  }),
  async run({ name, limit, place, json }, shell) {
    const workspace = await findWorkspace(place, shell.cwd);
    if (!workspace.ok) {
      await shell.failAll(workspace.failure);
      return 2;
    }
    const found = findRecord(workspace.value.projects, name);
    const entries = found.ok
      ? await history(found.value.project, found.value.name, { limit, signal: shell.signal })
      : found;
    if (!entries.ok) {
      await shell.fail(entries.failure, { subject: name });
      return 2;
    }
    if (json) await shell.printJson({ name, entries: entries.value });
    else await shell.print(renderHistory(entries.value, shell.colors));
    return 0;
  },
});
