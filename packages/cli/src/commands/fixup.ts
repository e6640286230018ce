import { fixup } from "@imagegate/engine/explain";
import { defineCommand } from "../arguments/command.ts";
import { announceCommit } from "../families/each.ts";
import { PLACE_OPTIONS, readPlace } from "../families/place.ts";
import { findWorkspace } from "../families/selection.ts";
import { withSession } from "../families/session.ts";
import { renderFixups } from "../messages/fixups.ts";

/** `imagegate fixup`: repairs the records of the commits of a branch. */
export const fixupCommand = defineCommand({
  usage: "fixup [range]",
  description: "Give every commit of BASE..HEAD the records that its own definitions make, as fixup! commits",
  options: {
    "--autosquash": "Put them into the commits themselves; needs a working tree without changes",
    "--concurrency <n>": "Worker threads, at most what the machine runs at once (default: all of that)",
    ...PLACE_OPTIONS,
    "--json": "Print one JSON document instead of text",
  },
  examples: ["imagegate fixup", "imagegate fixup origin/main..HEAD --autosquash"],
  parse: (options, [range]) => ({
    range,
    mode: options.flag("autosquash") ? ("autosquash" as const) : ("fixup-commits" as const),
    concurrency: options.count("concurrency"),
    place: readPlace(options),
    json: options.flag("json"),
  }),
  async run({ range, mode, concurrency, place, json }, shell) {
    const workspace = await findWorkspace(place, shell.cwd);
    if (!workspace.ok) {
      await shell.failAll(workspace.failure);
      return 2;
    }
    const question = { ...workspace.value, range };
    const repaired = await withSession({ concurrency }, shell, (session) =>
      fixup(question, mode, { session, signal: shell.signal, onCommit: announceCommit(shell) }),
    );
    if (!repaired.ok) {
      const { failure } = repaired;
      if (failure.reason === "commit-undecided") {
        await shell.fail(failure.failure, { subject: failure.family ?? failure.commit });
      }
      await shell.fail(failure);
      return 2;
    }
    if (json) await shell.printJson({ mode, ...repaired.value });
    else await shell.print(renderFixups(repaired.value, mode));
    return 0;
  },
});
