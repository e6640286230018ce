import { accept, openReview, type Acceptance, type Accepted } from "@imagegate/engine/explain";
import { defineCommand } from "../arguments/command.ts";
import type { OptionReader } from "../arguments/option-reader.ts";
import { PLACE_OPTIONS, readPlace } from "../families/place.ts";
import { findWorkspace } from "../families/selection.ts";
import { withSession } from "../families/session.ts";
import type { CliFailure } from "../failure.ts";
import { renderAccepted } from "../messages/acceptance.ts";
import { describeUnknownText } from "../messages/unknown-text.ts";
import { openFamilyProgress } from "../progress.ts";

/** `imagegate accept`: records the manifests whose every cause is accepted. */
export const acceptCommand = defineCommand({
  usage: "accept [...ids]",
  description: "Record the manifests whose every cause is accepted, and no others",
  options: {
    "--cause <id>": "Accept this cause; may be given several times",
    "--class <name>": "Accept all causes of a class: rebuild, id-blind or visible-only",
    "--all": "Accept everything, what nothing explains among it",
    "--concurrency <n>": "Worker threads, at most what the machine runs at once (default: all of that)",
    ...PLACE_OPTIONS,
    "--json": "Print one JSON document instead of text",
  },
  examples: ["imagegate accept --cause 8394885ea45729a5", "imagegate accept --class visible-only"],
  parse: (options, ids) => ({
    acceptance: readAcceptance(options, ids),
    concurrency: options.count("concurrency"),
    place: readPlace(options),
    json: options.flag("json"),
  }),
  async run({ acceptance, concurrency, place, json }, shell) {
    const workspace = await findWorkspace(place, shell.cwd);
    if (!workspace.ok) {
      await shell.failAll(workspace.failure);
      return 2;
    }
    const { signal } = shell;
    const { onEvent, close } = openFamilyProgress(shell);
    const options = { signal, onEvent, wordsFor: describeUnknownText };
    const review = await withSession({ concurrency }, shell, (session) =>
      openReview(workspace.value, session, options).finally(close),
    );
    if (!review.ok) {
      const { family, failure } = review.failure;
      await shell.fail(failure, family === null ? {} : { subject: family });
      return 2;
    }
    const accepted = await accept(review.value, acceptance, signal);
    if (!accepted.ok) {
      await shell.fail(accepted.failure);
      return 2;
    }
    if (json) await shell.printJson(accepted.value);
    else await shell.print(renderAccepted(accepted.value));
    const failure = withoutEffect(accepted.value);
    if (failure === null) return 0;
    await shell.fail(failure);
    return 2;
  },
});

/** Nothing remembers an acceptance but records: one that wrote none, though some differ, came to nothing. */
function withoutEffect({ accepted, causes, left, heldBack, missing }: Accepted): CliFailure | null {
  if (accepted.length > 0 || left.length === 0) return null;
  return heldBack.length === 0
    ? { reason: "acceptance-empty", manifests: left.length }
    : { reason: "acceptance-held-back", manifests: heldBack, accepted: causes, missing };
}

/** What follows `--cause` without one of its own is a cause too. */
function readAcceptance(options: OptionReader, more: readonly string[]): Acceptance {
  const ids = [...options.texts("cause"), ...more];
  const name = options.choice("class", ["rebuild", "id-blind", "visible-only"]);
  const isAll = options.flag("all");
  const asked = [ids.length > 0, name !== undefined, isAll].filter(Boolean).length;
  if (asked !== 1) options.problems.push("one of --cause, --class and --all is needed");
  if (isAll) return { kind: "all" };
  return name === undefined ? { kind: "causes", ids } : { kind: "class", class: name };
}
