import { defineCommand } from "../arguments/command.ts";
import type { OptionReader } from "../arguments/option-reader.ts";
import { escapeText } from "../messages/escape.ts";
import { formatCount } from "../messages/units.ts";
import { syncPinIssue, type PinIssueReport } from "../pins/issue.ts";
import { readPinReport } from "../pins/read-report.ts";

interface PinsIssueInput {
  readonly file: string;
  readonly key: string;
  readonly json: boolean;
}

/** `imagegate pins issue`: one issue that is open as long as a pinned artifact is not what was reviewed. */
export const pinsIssueCommand = defineCommand<PinsIssueInput>({
  usage: "pins issue",
  description: "Open, correct or close the one issue that says what pins verify found",
  options: {
    "--github": "On GitHub; the token is GITHUB_TOKEN, with issues: write",
    "--report <file>": "What pins verify --json wrote; it is validated, - reads stdin",
    "--key <key>": "Tells the issue from others of the same account (default: pins)",
    "--json": "Print one JSON document instead of text",
  },
  examples: ["imagegate pins issue --github --report pins.json"],
  parse: (options) => ({
    file: readSource(options),
    key: options.text("key") ?? "pins",
    json: options.flag("json"),
  }),
  async run({ file, key, json }, shell) {
    const report = await readPinReport(file, shell);
    if (!report.ok) {
      await shell.fail(report.failure, { subject: file });
      return 2;
    }
    const synced = await syncPinIssue(report.value, key, shell);
    if (!synced.ok) {
      await shell.fail(synced.failure, { permission: "issues: write" });
      return 2;
    }
    if (json) await shell.printJson(synced.value);
    else await shell.print(describeSync(synced.value));
    return 0;
  },
});

function readSource(options: OptionReader): string {
  const file = options.text("report");
  if (!options.flag("github")) options.problems.push("--github says where the issue is");
  if (file === undefined) options.problems.push("--report says what the issue is about");
  return file ?? "";
}

function describeSync({ state, issues, dropped }: PinIssueReport): readonly string[] {
  if (state === "none") return ["none  all is well, and no issue says otherwise"];
  if (state === "undecided") return ["undecided  the report decides nothing: no issue was touched"];
  const more = dropped === 0 ? "" : ` (and ${formatCount(dropped, "further one")} closed)`;
  return issues.map(({ url }) => escapeText(`${state}  ${url}${more}`));
}
