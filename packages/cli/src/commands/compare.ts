import { ok, type Result } from "@imagegate/core";
import { compareOperands } from "@imagegate/engine";
import { defineCommand } from "../arguments/command.ts";
import { PLACE_OPTIONS, readPlace } from "../families/place.ts";
import { findWorkspace, type SelectionFailure, type Workspace } from "../families/selection.ts";
import { withSession } from "../families/session.ts";
import { renderComparison } from "../messages/comparison.ts";

/** `imagegate compare`: what two manifests differ in. */
export const compareCommand = defineCommand({
  usage: "compare <a> <b>",
  description: "Print what two manifests (files, digests or REVISION:NAME) differ in",
  options: { ...PLACE_OPTIONS, "--json": "Print one JSON document instead of text" },
  examples: [
    "imagegate compare old.json new.json",
    "imagegate compare main:fedora_43-x86_64-qcow2-empty new.json",
  ],
  parse: (options, [a = "", b = ""]) => ({ a, b, place: readPlace(options), json: options.flag("json") }),
  async run({ a, b, place, json }, shell) {
    const workspace = allowNoFamily(await findWorkspace(place, shell.cwd), shell.cwd);
    if (!workspace.ok) {
      await shell.failAll(workspace.failure);
      return 2;
    }
    return withSession({}, shell, async (session) => {
      const context = { ...workspace.value, cwd: shell.cwd, store: session.store };
      const compared = await compareOperands(a, b, context);
      if (!compared.ok) {
        await shell.fail(compared.failure.failure, { subject: compared.failure.operand });
        return 2;
      }
      if (json) await shell.printJson(compared.value);
      else await shell.print(renderComparison(compared.value));
      return compared.value.identical ? 0 : 1;
    });
  },
});

/** Files and digests can be compared where there is no family. */
function allowNoFamily(
  workspace: Result<Workspace, readonly SelectionFailure[]>,
  root: string,
): Result<Workspace, readonly SelectionFailure[]> {
  const hasNone = !workspace.ok && workspace.failure.every(({ reason }) => reason === "config-none-found");
  return hasNone ? ok({ root, projects: [] }) : workspace;
}
