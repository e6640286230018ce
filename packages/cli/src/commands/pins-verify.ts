import { defineCommand } from "../arguments/command.ts";
import { formatPinReport } from "../pins/format.ts";
import { readVerifyInput, VERIFY_OPTIONS } from "../pins/options.ts";
import { openPinProgress } from "../pins/progress.ts";
import { pinReportOf, unusableReport } from "../pins/report.ts";
import { readPinSet, tellProblems } from "../pins/set.ts";
import { verifyPlan, verifySet } from "../pins/verification.ts";
import { deliverText } from "../reports/delivery.ts";

/** `imagegate pins verify`: whether the bytes at every pinned url are still those that were reviewed. */
export const pinsVerifyCommand = defineCommand({
  usage: "pins verify [...files]",
  description: "Download what is pinned by url and digest, and say whether it is still what was reviewed",
  options: VERIFY_OPTIONS,
  examples: [
    "imagegate pins verify",
    "imagegate pins verify smoke.pins.json --json",
    "imagegate pins verify dist/manifests/fedora/*.json --format markdown",
    "imagegate pins verify --format sarif --output pins.sarif",
  ],
  parse: readVerifyInput,
  async run(input, shell) {
    const { files, root, delivery } = input;
    const { allowLoopbackHttp } = input.network;
    const deliver = (report: Parameters<typeof formatPinReport>[0]): Promise<boolean> =>
      deliverText((rendering) => formatPinReport(report, delivery.format, rendering), delivery.output, shell);
    const set = await readPinSet({ files, root, allowLoopbackHttp }, shell);
    if (set.problems.length > 0) {
      await tellProblems(set, shell);
      await deliver(unusableReport(set, shell));
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
    const isTold = await deliver(pinReportOf(set, verification, exitCode));
    return isTold ? exitCode : 2;
  },
});
