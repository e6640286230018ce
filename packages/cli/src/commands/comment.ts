import type { Result } from "@imagegate/core";
import type { ForgeFailure, UpsertReport } from "@imagegate/forge";
import { defineCommand } from "../arguments/command.ts";
import type { OptionReader } from "../arguments/option-reader.ts";
import { readBody, type CommentSource } from "../comment/body.ts";
import { escapeText } from "../messages/escape.ts";
import { formatCount } from "../messages/units.ts";
import type { Shell } from "../shell/shell.ts";

interface CommentInput {
  readonly forge: "github" | "gitlab";
  readonly source: CommentSource;
  readonly key: string;
  readonly pullRequest: number | undefined;
  readonly json: boolean;
}

/** `imagegate comment`: one comment of a pull request, written once and then corrected. */
export const commentCommand = defineCommand<CommentInput>({
  usage: "comment",
  description: "Write or correct the one comment of a pull request that has this key",
  options: {
    "--github": "On GitHub; the token is GITHUB_TOKEN",
    "--gitlab": "On GitLab; the token is GITLAB_TOKEN",
    "--report <file>": "A report as JSON to say in Markdown; it is validated, - reads stdin",
    "--link <url>": "Where the whole of that report is to be found",
    "--body <file>": "Markdown to say as it is, instead of a report; - reads stdin",
    "--key <key>": "Tells the comment from others of the same account (default: report)",
    "--pr <n>": "The pull or merge request (default: the one that the CI run belongs to)",
    "--json": "Print one JSON document instead of text",
  },
  examples: [
    "imagegate comment --github --report imagegate-report.json",
    "imagegate comment --gitlab --body report.md --key nightly --pr 12",
  ],
  parse: (options) => ({
    forge: readForge(options),
    source: readSource(options),
    key: options.text("key") ?? "report",
    pullRequest: options.count("pr"),
    json: options.flag("json"),
  }),
  async run(input, shell) {
    const body = await readBody(input.source, shell);
    if (!body.ok) {
      await shell.fail(body.failure, { subject: input.source.file });
      return 2;
    }
    const report = await upsert(input, body.value, shell);
    if (!report.ok) {
      await shell.fail(report.failure);
      return 2;
    }
    const { state, url, removed } = report.value;
    if (input.json) await shell.printJson(report.value);
    else await shell.print([escapeText(`${state}  ${url}${describeRemoved(removed)}`)]);
    return 0;
  },
});

async function upsert(
  { forge, key, pullRequest }: CommentInput,
  body: string,
  { env, signal }: Shell,
): Promise<Result<UpsertReport, ForgeFailure>> {
  // No other command speaks to a forge, and loading what does takes longer than most of them run.
  const { openGitHubThread, openGitLabThread, upsertComment } = await import("@imagegate/forge");
  const open = { github: openGitHubThread, gitlab: openGitLabThread }[forge];
  const thread = await open({ env, signal }, pullRequest);
  return thread.ok ? upsertComment(thread.value, { key, body }) : thread;
}

function readForge(options: OptionReader): CommentInput["forge"] {
  const isGitHub = options.flag("github");
  if (isGitHub === options.flag("gitlab"))
    options.problems.push("one of --github and --gitlab says where to comment");
  return isGitHub ? "github" : "gitlab";
}

function readSource(options: OptionReader): CommentSource {
  const [report, body, link] = [options.text("report"), options.text("body"), options.text("link")];
  if ((report === undefined) === (body === undefined)) {
    options.problems.push("one of --report and --body says what to comment");
  }
  if (report === undefined && link !== undefined) options.problems.push("--link goes with --report");
  if (link !== undefined && !isWebAddress(link))
    options.problems.push("--link takes an http or https address");
  return report === undefined
    ? { kind: "body", file: body ?? "" }
    : { kind: "report", file: report, ...(link === undefined ? {} : { link }) };
}

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

function describeRemoved(removed: number): string {
  return removed === 0 ? "" : ` (and ${formatCount(removed, "further one")} removed)`;
}
