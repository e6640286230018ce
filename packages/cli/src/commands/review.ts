import { accept, differenceOf, openReview, type PendingReview } from "@imagegate/engine/explain";
import type { Session } from "@imagegate/engine/session";
import { defineCommand } from "../arguments/command.ts";
import { PLACE_OPTIONS, readPlace } from "../families/place.ts";
import { findWorkspace } from "../families/selection.ts";
import { withSession } from "../families/session.ts";
import { renderAccepted } from "../messages/acceptance.ts";
import { renderDifferences } from "../messages/check-report.ts";
import { describeUnknownText } from "../messages/unknown-text.ts";
import { openFamilyProgress } from "../progress.ts";
import { openState } from "../review/state.ts";
import { reviewInTerminal } from "../review/terminal.ts";
import { acceptedIds } from "../review/view.ts";
import type { ExitCode, Shell } from "../shell/shell.ts";

/** `imagegate review`: accept or reject what changed, cause by cause, in a terminal. */
export const reviewCommand = defineCommand({
  usage: "review",
  description: "Look through what changed, cause by cause, and record what is accepted",
  options: {
    "--concurrency <n>": "Worker threads, at most what the machine runs at once (default: all of that)",
    ...PLACE_OPTIONS,
  },
  examples: ["imagegate review"],
  parse: (options) => ({ concurrency: options.count("concurrency"), place: readPlace(options) }),
  async run({ concurrency, place }, shell) {
    if (shell.stdin.isTTY !== true || shell.stdout.isTTY !== true) {
      await shell.fail({ reason: "terminal-missing" });
      return 2;
    }
    const workspace = await findWorkspace(place, shell.cwd);
    if (!workspace.ok) {
      await shell.failAll(workspace.failure);
      return 2;
    }
    return withSession({ concurrency }, shell, async (session) => {
      const { onEvent, close } = openFamilyProgress(shell);
      const options = { signal: shell.signal, onEvent, wordsFor: describeUnknownText };
      const review = await openReview(workspace.value, session, options).finally(close);
      if (review.ok) return await reviewPending(review.value, session, shell);
      const { family, failure } = review.failure;
      await shell.fail(failure, family === null ? {} : { subject: family });
      return 2;
    });
  },
});

async function reviewPending(review: PendingReview, session: Session, shell: Shell): Promise<ExitCode> {
  const { explanation } = review.explained;
  if (review.records.size === 0) {
    await shell.print(["nothing to review: the records are those of the definitions"]);
    return 0;
  }
  const look = (name: string): Promise<readonly string[]> => differenceLines(review, name, session);
  const { stdin, stdout, signal, colors } = shell;
  const end = await reviewInTerminal(openState(explanation), { stdin, stdout, signal, colors, look });
  if (typeof end === "string" || end.end !== "write") {
    await shell.print(["nothing was written"]);
    if (end === "interrupted") return 130;
    return end === "cut-off" ? 2 : 0;
  }
  const accepted = await accept(review, { kind: "causes", ids: [...acceptedIds(end)] }, signal);
  if (!accepted.ok) {
    await shell.fail(accepted.failure);
    return 2;
  }
  await shell.print(renderAccepted(accepted.value));
  return 0;
}

async function differenceLines(
  review: PendingReview,
  name: string,
  session: Session,
): Promise<readonly string[]> {
  const difference = await differenceOf(review, name, session);
  if (difference === null) return ["the whole manifest: it is new, or gone, or its record cannot be read"];
  if (difference.kind === "unknown") return ["the cache of this machine does not know what was recorded"];
  return renderDifferences(difference.differences);
}
