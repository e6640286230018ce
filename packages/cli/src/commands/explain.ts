import { defineCommand } from "../arguments/command.ts";
import type { OptionReader } from "../arguments/option-reader.ts";
import type { ExplainQuestion } from "../families/explain.ts";
import { PLACE_OPTIONS, readPlace } from "../families/place.ts";
import { withThreads } from "../families/session.ts";
import { readDelivery, REPORT_OPTIONS, type Delivery } from "../reports/options.ts";

interface ExplainInput {
  readonly question: ExplainQuestion;
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
    const explained = await withThreads({ concurrency }, shell, async (session) => {
      // Threads start before this is loaded.
      const { explain } = await import("../families/explain.ts");
      return explain(input.question, session, shell);
    });
    if (explained === null) return 2;
    if (!explained.ok) {
      const { family, failure } = explained.failure;
      await shell.fail(failure, family === null ? {} : { subject: family });
      return 2;
    }
    const { deliverReport } = await import("../reports/delivery.ts");
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
