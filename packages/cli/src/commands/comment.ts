import type { Result } from "@imagegate/core";
import type { ForgeFailure, UpsertReport } from "@imagegate/forge";
import { defineCommand } from "../arguments/command.ts";
import type { OptionReader } from "../arguments/option-reader.ts";
import { readBody } from "../comment/body.ts";
import { escapeText } from "../messages/escape.ts";
import { formatCount } from "../messages/units.ts";
import type { Shell } from "../shell/shell.ts";

interface CommentInput {
  readonly forge: "github" | "gitlab";
  readonly file: string;
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
    "--body <file>": "What it says, in Markdown; - reads stdin",
    "--key <key>": "Tells it from other comments of the same account (default: report)",
    "--pr <n>": "The pull or merge request (default: the one that the CI run belongs to)",
    "--json": "Print one JSON document instead of text",
  },
  examples: [
    "imagegate comment --github --body report.md",
    "imagegate comment --gitlab --body report.md --key nightly --pr 12",
  ],
  parse: (options) => ({
    forge: readForge(options),
    file: readRequired(options, "body"),
    key: options.text("key") ?? "report",
    pullRequest: options.count("pr"),
    json: options.flag("json"),
  }),
  async run(input, shell) {
    const body = await readBody(input.file, shell);
    if (!body.ok) {
      await shell.fail(body.failure, { subject: input.file });
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

function readRequired(options: OptionReader, name: string): string {
  const text = options.text(name);
  if (text === undefined && options.problems.length === 0) options.problems.push(`--${name} is missing`);
  return text ?? "";
}

function describeRemoved(removed: number): string {
  return removed === 0 ? "" : ` (and ${formatCount(removed, "further one")} removed)`;
}
