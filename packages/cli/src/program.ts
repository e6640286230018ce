import { readFileSync } from "node:fs";
import type { Command } from "./arguments/command.ts";
import { parseArguments } from "./arguments/parse.ts";
import { acceptCommand } from "./commands/accept.ts";
import { cacheExportCommand } from "./commands/cache-export.ts";
import { cacheImportCommand } from "./commands/cache-import.ts";
import { cacheInfoCommand } from "./commands/cache-info.ts";
import { cachePruneCommand } from "./commands/cache-prune.ts";
import { cacheShowCommand } from "./commands/cache-show.ts";
import { cacheVerifyCommand } from "./commands/cache-verify.ts";
import { checkCommand } from "./commands/check.ts";
import { commentCommand } from "./commands/comment.ts";
import { compareCommand } from "./commands/compare.ts";
import { explainCommand } from "./commands/explain.ts";
import { fingerprintCommand } from "./commands/fingerprint.ts";
import { fixupCommand } from "./commands/fixup.ts";
import { generateCommand } from "./commands/generate.ts";
import { historyCommand } from "./commands/history.ts";
import { idsCommand } from "./commands/ids.ts";
import { migrateCommand } from "./commands/migrate.ts";
import { pinsIssueCommand } from "./commands/pins-issue.ts";
import { pinsListCommand } from "./commands/pins-list.ts";
import { pinsUpdateCommand } from "./commands/pins-update.ts";
import { pinsVerifyCommand } from "./commands/pins-verify.ts";
import { reportCommand } from "./commands/report.ts";
import { reviewCommand } from "./commands/review.ts";
import { schemaCommand } from "./commands/schema.ts";
import { OutputError } from "./shell/output.ts";
import type { ExitCode, Shell } from "./shell/shell.ts";

/** All commands, in the order of the help. */
export const COMMANDS: readonly Command[] = [
  generateCommand,
  checkCommand,
  explainCommand,
  reviewCommand,
  acceptCommand,
  fixupCommand,
  fingerprintCommand,
  idsCommand,
  compareCommand,
  historyCommand,
  migrateCommand,
  cacheInfoCommand,
  cacheShowCommand,
  cacheVerifyCommand,
  cachePruneCommand,
  cacheExportCommand,
  cacheImportCommand,
  pinsVerifyCommand,
  pinsListCommand,
  pinsUpdateCommand,
  pinsIssueCommand,
  reportCommand,
  commentCommand,
  schemaCommand,
];

/** Does what the arguments ask for; everything that goes wrong is told and gives 2. */
export async function runProgram(argv: readonly string[], shell: Shell): Promise<ExitCode> {
  try {
    const parsed = parseArguments(argv, COMMANDS, readVersion());
    switch (parsed.kind) {
      case "answered":
        return 0;
      case "usage":
        await shell.fail({ reason: "usage", problems: [parsed.problem], command: parsed.command });
        return 2;
      case "command":
        return await parsed.command.start(parsed.given, shell);
    }
  } catch (error) {
    await tellError(error, shell);
    return 2;
  }
}

async function tellError(error: unknown, shell: Shell): Promise<void> {
  if (error instanceof OutputError) {
    if (!error.isClosed) await shell.fail({ reason: "output-failed", code: error.code, cause: error });
    return;
  }
  const { message, stack = "" } = error instanceof Error ? error : new Error(String(error));
  await shell.fail({ reason: "internal-error", message, stack });
}

function readVersion(): string {
  const text = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  return (JSON.parse(text) as { readonly version: string }).version;
}
