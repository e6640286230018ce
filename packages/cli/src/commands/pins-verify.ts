import type { PinReport } from "@imagegate/core/report";
import type { PinSet } from "@imagegate/pins";
import { defineCommand } from "../arguments/command.ts";
import { formatPinReport } from "../pins/format.ts";
import { readVerifyInput, VERIFY_OPTIONS, type VerifyInput } from "../pins/options.ts";
import { openPinProgress } from "../pins/progress.ts";
import { pinReportOf, unusableReport } from "../pins/report.ts";
import { documentPaths, readPinSet, tellProblems } from "../pins/set.ts";
import { verifyPlan, verifySet } from "../pins/verification.ts";
import { deliverText } from "../reports/delivery.ts";
import { findTargetProblems, findUnwritable } from "../reports/targets.ts";
import type { Shell } from "../shell/shell.ts";

/** `imagegate pins verify`: whether the bytes at every pinned url are still those that were reviewed. */
export const pinsVerifyCommand = defineCommand({
  usage: "pins verify [...files]",
  description: "Download what is pinned by url and digest, and say whether it is still what was reviewed",
  options: VERIFY_OPTIONS,
  examples: [
    "imagegate pins verify",
    "imagegate pins verify smoke.pins.json --json",
    "imagegate pins verify dist/manifests/fedora/*.json --format markdown",
    "imagegate pins verify --also sarif=pins.sarif --also junit=pins.xml",
  ],
  parse: readVerifyInput,
  async run(input, shell) {
    const { files, families, root } = input;
    const { allowLoopbackHttp } = input.network;
    const read = await readPinSet({ files, families, root, allowLoopbackHttp }, shell);
    if (!read.ok) {
      await shell.failAll(read.failure);
      return 2;
    }
    const set = read.value;
    await tellProblems(set, shell);
    if (!(await canDeliver(input, set, shell))) return 2;
    if (set.problems.length > 0) {
      await deliver(unusableReport(set, shell), input, shell);
      return 2;
    }
    const plan = await verifyPlan(input, shell);
    if (!plan.ok) {
      await shell.fail(plan.failure);
      return 2;
    }
    const { exitOf } = await import("@imagegate/pins");
    const { onVerdict, close } = openPinProgress(set, shell);
    const verification = await verifySet(set, { ...plan.value.options, onVerdict }).finally(close);
    await shell.warn(plan.value.keeping.summarise());
    const exitCode = exitOf(verification);
    const isTold = await deliver(pinReportOf(set, verification, exitCode), input, shell);
    return isTold ? exitCode : 2;
  },
});

/** Whether every report has a file of its own that takes it; false, and a message, before anything is downloaded or overwritten. */
async function canDeliver(input: VerifyInput, set: PinSet, shell: Shell): Promise<boolean> {
  const { PINS_FILE_ENDING } = await import("@imagegate/pins");
  const outputs = [input.delivery, ...input.also].map(({ output }) => output);
  const inputs = documentPaths(set, input, shell);
  const problems = await findTargetProblems({ outputs, inputs, reserved: PINS_FILE_ENDING }, shell.cwd);
  if (problems.length > 0) await shell.fail({ reason: "usage", problems, command: "pins verify" });
  const unwritable = await findUnwritable(outputs, shell.cwd);
  await shell.failAll(unwritable);
  return problems.length + unwritable.length === 0;
}

/** Brings the report to everywhere it was asked for; false, and a message, when that did not succeed. */
async function deliver(report: PinReport, { delivery, also }: VerifyInput, shell: Shell): Promise<boolean> {
  let isTold = true;
  for (const { format, output } of [delivery, ...also]) {
    const isWritten = await deliverText(
      (rendering) => formatPinReport(report, format, rendering),
      output,
      shell,
    );
    isTold &&= isWritten;
  }
  return isTold;
}
