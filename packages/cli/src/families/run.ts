import type { Result } from "@imagegate/core";
import type { CheckOptions, Project, RunEvent, RunFailure, RunSummary } from "@imagegate/engine";
import type { Session } from "@imagegate/engine/session";
import type { DescribedFailure } from "../failure.ts";
import type { ReportRendering } from "../messages/check-report.ts";
import { formatCommand } from "../messages/escape.ts";
import { describeFailure } from "../messages/failure.ts";
import type { FailureContext, FailureText } from "../messages/failure-text.ts";
import { renderWarnings } from "../messages/summary.ts";
import { openProgress } from "../progress.ts";
import type { Shell } from "../shell/shell.ts";
import type { RunInput } from "./options.ts";
import { recordTrace, type FamilyTrace } from "./timings.ts";

/** What a run over a family gives. */
interface FamilyReport {
  readonly family: string;
  readonly summary: RunSummary;
}

/** What is done with each family. */
export interface FamilyWork<R extends FamilyReport> {
  readonly command: "generate" | "check";
  readonly run: (project: Project, session: Session, options: CheckOptions) => Promise<Result<R, RunFailure>>;
  /** Called as soon as a family is done, unless JSON was asked for. */
  readonly render: (report: R, rendering: ReportRendering) => readonly string[];
}

/** What became of the families, in their order. */
export interface FamiliesOutcome<R extends FamilyReport> {
  readonly reports: readonly R[];
  readonly failures: readonly TaggedFailure[];
  /** Of all families that were begun, when timings were asked for. */
  readonly traces: readonly FamilyTrace[];
}

/** A failure as it stands in a JSON document. */
export interface TaggedFailure extends FailureText {
  /** Null for what concerns no single family. */
  readonly family: string | null;
  readonly reason: string;
}

/** What runs of families share. */
export interface FamiliesContext<Input extends RunInput> {
  readonly input: Input;
  readonly session: Session;
  readonly shell: Shell;
}

/** Runs all families, one after the other over one pool; a family that fails does not stop the others. */
export async function runFamilies<R extends FamilyReport>(
  projects: readonly Project[],
  work: FamilyWork<R>,
  { input, session, shell }: FamiliesContext<RunInput>,
): Promise<FamiliesOutcome<R>> {
  const reports: R[] = [];
  const failures: TaggedFailure[] = [];
  const traces: FamilyTrace[] = [];
  const { ids, shard } = input;
  const options = {
    signal: shell.signal,
    ...(ids === undefined ? {} : { ids }),
    ...(shard === undefined ? {} : { shard }),
  };
  for (const project of projects) {
    const { family } = project;
    const progress = openProgress(family, shell);
    const trace = input.timings === undefined ? undefined : recordTrace(family);
    const onEvent = (event: RunEvent): void => {
      progress.onEvent(event);
      trace?.onEvent(event);
    };
    const result = await work.run(project, session, { ...options, onEvent }).finally(progress.close);
    if (trace !== undefined) traces.push(trace.end());
    const accept = commandLine("generate", family, { ...input, shard: undefined });
    if (result.ok) {
      reports.push(result.value);
      await shell.warn(renderWarnings(result.value.summary));
      if (!input.json) await shell.print(work.render(result.value, { colors: shell.colors, accept }));
    } else {
      const context = { rerun: commandLine(work.command, family, input), accept };
      await shell.fail(result.failure, { subject: family, ...context });
      failures.push(tagFailure(result.failure, family, context));
      if (shell.signal.aborted) break;
    }
  }
  return { reports, failures, traces };
}

/** A failure for a JSON document. */
export function tagFailure(
  failure: DescribedFailure,
  family: string | null,
  context: Partial<FailureContext>,
): TaggedFailure {
  return { family, reason: failure.reason, ...describeFailure(failure, context) };
}

/** The command for one family, with the same place and ids. */
function commandLine(
  command: string,
  family: string,
  { place: { config, root }, ids, shard }: RunInput,
): string {
  return formatCommand([
    ...["npx", "imagegate", command, family],
    ...(config === undefined ? [] : ["--config", config]),
    ...(root === undefined ? [] : ["--root", root]),
    ...(ids === undefined ? [] : ["--ids", ids]),
    ...(shard === undefined ? [] : ["--shard", `${shard.index}/${shard.count}`]),
  ]);
}
