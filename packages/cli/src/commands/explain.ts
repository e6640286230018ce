import { resolve } from "node:path";
import { ok, type Result } from "@imagegate/core";
import {
  explainFolders,
  explainRange,
  openSession,
  type Explained,
  type ExplainOptions,
  type ExplainProblem,
  type Session,
} from "@imagegate/engine";
import { defineCommand } from "../arguments/command.ts";
import type { OptionReader } from "../arguments/option-reader.ts";
import { findWorkspace, PLACE_OPTIONS, readPlace, type Place } from "../families/selection.ts";
import { describeUnknownText } from "../messages/unknown-text.ts";
import { openFamilyProgress } from "../progress.ts";
import { deliverReport, readDelivery, REPORT_OPTIONS, type Delivery } from "../reports/delivery.ts";
import type { Shell } from "../shell/shell.ts";

/** What is to be explained. */
type Question =
  | { readonly kind: "folders"; readonly from: string; readonly to: string; readonly place: Place }
  | { readonly kind: "range"; readonly range: string | undefined; readonly place: Place };

interface ExplainInput {
  readonly question: Question;
  readonly delivery: Delivery;
  readonly concurrency: number | undefined;
  readonly json: boolean;
}

/** `imagegate explain`: what changed between two moments, once a cause. */
export const explainCommand = defineCommand({
  usage: "explain [range]",
  description: "Say what changed in the manifests between two commits or folders, once a cause",
  options: {
    "--from <folder>": "Compare the manifests of this folder, without git, …",
    "--to <folder>": "… with those of this one",
    ...REPORT_OPTIONS,
    "--concurrency <n>": "Worker threads, at most what the machine runs at once (default: all of that)",
    ...PLACE_OPTIONS,
    "--json": "The same as --format json",
  },
  examples: [
    "imagegate explain",
    "imagegate explain origin/main",
    "imagegate explain v1.2..v1.3 --format markdown",
    "imagegate explain --from old --to new --format html --output report.html",
    "imagegate explain --from old --to new --config manifests/fedora/imagegate.json",
  ],
  parse: readExplainInput,
  async run(input, shell) {
    const { concurrency, delivery } = input;
    const session = openSession({ env: shell.env, ...(concurrency === undefined ? {} : { concurrency }) });
    const explained = await explain(input.question, session, shell).finally(() => session.close());
    if (explained === null) return 2;
    if (!explained.ok) {
      const { family, failure } = explained.failure;
      await shell.fail(failure, family === null ? {} : { subject: family });
      return 2;
    }
    const report = { ...explained.value, verdict: null, failures: [], commits: [] };
    return (await deliverReport(report, delivery, shell)) ? 0 : 2;
  },
});

function readExplainInput(options: OptionReader, [range]: readonly string[]): ExplainInput {
  const [from, to] = [options.text("from"), options.text("to")];
  const place = readPlace(options);
  if ((from === undefined) !== (to === undefined)) options.problems.push("--from and --to go together");
  if (from !== undefined && range !== undefined) {
    options.problems.push("folders and a range of commits are different questions");
  }
  const delivery = readDelivery(options);
  return {
    question:
      from === undefined || to === undefined
        ? { kind: "range", range, place }
        : { kind: "folders", from, to, place },
    delivery,
    concurrency: options.count("concurrency"),
    json: delivery.format === "json",
  };
}

/** Null when the failures were told already. */
async function explain(
  question: Question,
  session: Session,
  shell: Shell,
): Promise<Result<Explained, ExplainProblem> | null> {
  const { signal, cwd } = shell;
  const options: ExplainOptions = { signal, wordsFor: describeUnknownText };
  // Folders need no workspace: only a configuration that was named says how their names are read.
  const isNamed = question.kind === "range" || question.place.config !== undefined;
  const workspace = isNamed ? await findWorkspace(question.place, cwd) : ok({ root: cwd, projects: [] });
  if (!workspace.ok) {
    await shell.failAll(workspace.failure);
    return null;
  }
  const { root, projects } = workspace.value;
  if (question.kind === "folders") {
    const { from, to } = question;
    const folders = { from: resolve(cwd, from), to: resolve(cwd, to), projects };
    const explained = await explainFolders(folders, session, options);
    return explained.ok ? { ok: true, value: { ...explained.value, from, to } } : explained;
  }
  const isWhole = question.place.config === undefined;
  const progress = openFamilyProgress(shell);
  return explainRange({ root, projects, isWhole, range: question.range }, session, {
    ...options,
    onEvent: progress.onEvent,
  }).finally(progress.close);
}
