import type { CheckReport, GenerateReport, OrphanedRecords } from "@imagegate/engine";
import {
  chooseColors,
  renderCheckReport,
  renderFailure,
  renderGenerateReport,
  renderOrphans,
  renderWarnings,
  type DescribedFailure,
} from "imagegate";

/** The commands of this workspace that a text may tell its reader to run. */
export interface Commands {
  /** Runs the task again. */
  readonly rerun: string;
  /** Accepts the manifests as they are now. */
  readonly accept: string;
}

/** A failure, with what to do about it. */
export function failureText(failure: DescribedFailure, commands: Commands, subject?: string): string {
  return textOf(
    renderFailure(failure, { ...commands, colors: colors(), ...(subject === undefined ? {} : { subject }) }),
  );
}

/** What `generate` did. */
export function generateText(report: GenerateReport): string {
  return textOf([...renderGenerateReport(report, { colors: colors() }), ...renderWarnings(report.summary)]);
}

/** What `check` found, and what accepts it. */
export function checkText(report: CheckReport, { accept }: Commands): string {
  return textOf([
    ...renderCheckReport(report, { colors: colors(), accept }),
    ...renderWarnings(report.summary),
  ]);
}

/** Records of no family; without any, a line that says what was looked at. */
export function orphansText(orphans: readonly OrphanedRecords[], families: number): string {
  if (orphans.length > 0) return textOf(renderOrphans(orphans, colors()));
  return `no records without a family (families: ${families})\n`;
}

/** A task that cannot begin: its options say something else than they may. */
export function refusalText(cause: unknown): string {
  return `${colors().red("error:")} ${cause instanceof Error ? cause.message : String(cause)}\n`;
}

/** Something that should not happen: a broken invariant. */
export function unexpectedText(cause: unknown, commands: Commands): string {
  const { message, stack } = cause instanceof Error ? cause : new Error(String(cause));
  return failureText({ reason: "internal-error", message, stack: stack ?? "" }, commands);
}

/** Nx keeps what a task says and shows it again; it also says whether colours are wanted. */
function colors(): ReturnType<typeof chooseColors> {
  return chooseColors(false, process.env);
}

function textOf(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join("");
}
