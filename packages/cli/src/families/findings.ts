import type { CheckReport } from "@imagegate/engine";
import { explainCheck, explainRange } from "@imagegate/engine/explain";
import { describeFailure } from "../messages/failure.ts";
import { formatCount } from "../messages/units.ts";
import { describeUnknownText } from "../messages/unknown-text.ts";
import { deliverReport } from "../reports/delivery.ts";
import type { Delivery } from "../reports/options.ts";
import type { Shell } from "../shell/shell.ts";
import type { CheckedFamilies, Verdict } from "./check.ts";
import { withSession } from "./session.ts";
import type { Workspace } from "./selection.ts";

/** What becomes of an explanation. */
interface Findings {
  readonly delivery: Delivery;
  /** The commit to explain against; undefined is the records as they stand. */
  readonly base: string | undefined;
  readonly shell: Shell;
}

/** Explains what a check found, once a cause; false, and a message, when that did not succeed. */
export async function explainFindings(
  { root, projects }: Workspace,
  { reports, orphans, failures, verdict }: CheckedFamilies & { readonly verdict: Verdict },
  { delivery, base, shell }: Findings,
): Promise<boolean> {
  const options = { signal: shell.signal, wordsFor: describeUnknownText };
  // A family that cannot be generated has no side in a range; against the records the others are explained.
  const isRange = base !== undefined && verdict !== "undecided";
  const explained = await withSession({}, shell, (session) =>
    isRange
      ? explainRange({ root, projects, isWhole: true, range: base }, session, options)
      : explainCheck({ root, projects, reports }, session, options),
  );
  if (!explained.ok) {
    await shell.fail(explained.failure.failure);
    return false;
  }
  const told = [
    ...failures.map(({ family, what }) => (family === null ? what : `${family}: ${what}`)),
    ...reports.flatMap(damagedRecords),
    ...orphans.map(({ folder, files }) => `${folder}: ${formatCount(files, "file")} of no family`),
  ];
  const report = { ...explained.value, verdict, failures: told, commits: [] };
  const isTold = await deliverReport(report, delivery, shell);
  const isRead = delivery.format === "text" && delivery.output === undefined;
  if (isRead && verdict === "differs") await shell.print([`to accept: ${shell.colors.cyan(HOW_TO_ACCEPT)}`]);
  return isTold;
}

const HOW_TO_ACCEPT = "npx imagegate review, npx imagegate accept --cause ID, or npx imagegate generate";

/** Records that no change of a manifest explains. */
function damagedRecords({ verdicts }: CheckReport): readonly string[] {
  return verdicts.flatMap((verdict) => {
    if (verdict.state === "inconsistent") return [`${verdict.path}: the manifest line agrees, others do not`];
    if (!("failure" in verdict)) return [];
    return [`${verdict.path}: ${describeFailure(verdict.failure).what}`];
  });
}
