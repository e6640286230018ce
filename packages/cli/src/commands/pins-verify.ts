import { defineCommand } from "../arguments/command.ts";
import { formatPinReport } from "../pins/format.ts";
import { readVerifyInput, VERIFY_OPTIONS } from "../pins/options.ts";
import { pinReportOf, unusableReport } from "../pins/report.ts";
import { readPinSet, tellProblems } from "../pins/set.ts";
import { networkOptions, verifySet } from "../pins/verification.ts";
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
  async run({ files, root, network, delivery }, shell) {
    const { allowLoopbackHttp } = network;
    const deliver = (report: Parameters<typeof formatPinReport>[0]): Promise<boolean> =>
      deliverText((rendering) => formatPinReport(report, delivery.format, rendering), delivery.output, shell);
    const set = await readPinSet({ files, root, allowLoopbackHttp }, shell);
    if (set.problems.length > 0) {
      await tellProblems(set, shell);
      await deliver(unusableReport(set, shell));
      return 2;
    }
    const options = await networkOptions(network, shell);
    if (!options.ok) {
      await shell.fail(options.failure);
      return 2;
    }
    const { exitOf } = await import("@imagegate/pins");
    const verification = await verifySet(set, options.value);
    const exitCode = exitOf(verification);
    const isTold = await deliver(pinReportOf(set, verification, exitCode));
    return isTold ? exitCode : 2;
  },
});
