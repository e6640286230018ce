import {
  checkEach,
  explainEach,
  type CheckedRange,
  type CommitProblem,
  type EachQuestion,
  type ListedCommit,
} from "@imagegate/engine/explain";
import { escapeText, formatCommand } from "../messages/escape.ts";
import { describeFailure } from "../messages/failure.ts";
import { describeUnknownText } from "../messages/unknown-text.ts";
import { deliverReport } from "../reports/delivery.ts";
import type { Delivery } from "../reports/options.ts";
import type { ExitCode, Shell } from "../shell/shell.ts";
import type { Verdict } from "./check.ts";
import { withSession } from "./session.ts";

/** Checks every commit of a range and tells which introduced what, and whose records are wrong. */
export async function checkCommits(
  question: EachQuestion,
  { delivery, concurrency }: { readonly delivery: Delivery; readonly concurrency: number | undefined },
  shell: Shell,
): Promise<ExitCode> {
  const { signal } = shell;
  return withSession({ concurrency }, shell, async (session) => {
    const checked = await checkEach(question, session, { signal, onCommit: announceCommit(shell) });
    if (!checked.ok) {
      await shell.fail(checked.failure);
      return 2;
    }
    const range = checked.value;
    const options = { signal, wordsFor: describeUnknownText };
    const explained = await explainEach(range, question, session, options);
    if (!explained.ok) {
      await shell.fail(explained.failure);
      return 2;
    }
    const verdict = verdictOf(range);
    const failures = range.commits.flatMap(({ commit, problems }) => problems.map(describeProblem(commit)));
    await failOnce(range, shell);
    const [from, to] = [range.base.name, range.head.name];
    const isTold = await deliverReport({ from, to, verdict, failures, ...explained.value }, delivery, shell);
    if (verdict === "differs") await shell.warn([`to repair: ${repairCommand(question)}`]);
    return isTold ? EXIT_CODES[verdict] : 2;
  });
}

const EXIT_CODES = { same: 0, differs: 1, undecided: 2 } as const satisfies Record<Verdict, ExitCode>;

/** Says on stderr which commit is generated. */
export function announceCommit(shell: Shell): (commit: ListedCommit, done: number, total: number) => void {
  return ({ commit, subject }, done, total) => {
    void shell.warn([escapeText(`${done + 1} of ${total}: generating ${commit.slice(0, 12)} ${subject}`)]);
  };
}

/** One commit that could not be decided leaves the whole undecided. */
function verdictOf({ commits }: CheckedRange): Verdict {
  if (commits.some(({ records }) => records === "undecided")) return "undecided";
  return commits.every(({ records }) => records === "same") ? "same" : "differs";
}

/** Says in full on stderr what kept commits from being decided, each thing once. */
async function failOnce({ commits }: CheckedRange, shell: Shell): Promise<void> {
  const told = new Set<string>();
  for (const { family, failure } of commits.flatMap(({ problems }) => problems)) {
    const { what, found, details } = describeFailure(failure);
    // Digits are those of a time, a temporary folder, a process.
    const key = JSON.stringify([what, found, details]).replace(/\d+/g, "0");
    if (!told.has(key)) await shell.fail(failure, family === null ? {} : { subject: family });
    told.add(key);
  }
}

/** What kept a commit from being decided, in plain words. */
function describeProblem(commit: string): (problem: CommitProblem) => string {
  return ({ family, failure }) => {
    const { what } = describeFailure(failure);
    return `${commit.slice(0, 12)}: ${family === null ? "" : `${family}: `}${what}`;
  };
}

function repairCommand({ range }: EachQuestion): string {
  return formatCommand(["npx", "imagegate", "fixup", ...(range === undefined ? [] : [range])]);
}
