import { createRequire } from "node:module";
import type { Command } from "./arguments/command.ts";
import { parseArguments } from "./arguments/parse.ts";
import { OutputError } from "./shell/output.ts";
import type { ExitCode, Shell } from "./shell/shell.ts";

/** A command that is loaded when it is asked for: each needs a part of what all of them need. */
interface NamedCommand {
  readonly name: string;
  readonly load: () => Promise<Command>;
}

/** All commands, in the order of the help. */
export const COMMANDS: readonly NamedCommand[] = [
  { name: "generate", load: async () => (await import("./commands/generate.ts")).generateCommand },
  { name: "check", load: async () => (await import("./commands/check.ts")).checkCommand },
  { name: "explain", load: async () => (await import("./commands/explain.ts")).explainCommand },
  { name: "review", load: async () => (await import("./commands/review.ts")).reviewCommand },
  { name: "accept", load: async () => (await import("./commands/accept.ts")).acceptCommand },
  { name: "fixup", load: async () => (await import("./commands/fixup.ts")).fixupCommand },
  { name: "fingerprint", load: async () => (await import("./commands/fingerprint.ts")).fingerprintCommand },
  { name: "ids", load: async () => (await import("./commands/ids.ts")).idsCommand },
  { name: "compare", load: async () => (await import("./commands/compare.ts")).compareCommand },
  { name: "history", load: async () => (await import("./commands/history.ts")).historyCommand },
  { name: "migrate", load: async () => (await import("./commands/migrate.ts")).migrateCommand },
  { name: "cache info", load: async () => (await import("./commands/cache-info.ts")).cacheInfoCommand },
  { name: "cache show", load: async () => (await import("./commands/cache-show.ts")).cacheShowCommand },
  { name: "cache verify", load: async () => (await import("./commands/cache-verify.ts")).cacheVerifyCommand },
  { name: "cache prune", load: async () => (await import("./commands/cache-prune.ts")).cachePruneCommand },
  { name: "cache export", load: async () => (await import("./commands/cache-export.ts")).cacheExportCommand },
  { name: "cache import", load: async () => (await import("./commands/cache-import.ts")).cacheImportCommand },
  { name: "pins verify", load: async () => (await import("./commands/pins-verify.ts")).pinsVerifyCommand },
  { name: "pins list", load: async () => (await import("./commands/pins-list.ts")).pinsListCommand },
  { name: "pins update", load: async () => (await import("./commands/pins-update.ts")).pinsUpdateCommand },
  { name: "pins issue", load: async () => (await import("./commands/pins-issue.ts")).pinsIssueCommand },
  { name: "report", load: async () => (await import("./commands/report.ts")).reportCommand },
  { name: "comment", load: async () => (await import("./commands/comment.ts")).commentCommand },
  { name: "schema", load: async () => (await import("./commands/schema.ts")).schemaCommand },
];

/** The command that the first arguments name; all of them where they name none, to help with that. */
export async function loadCommands(argv: readonly string[]): Promise<readonly Command[]> {
  const isNamed = ({ name }: NamedCommand): boolean => {
    const words = name.split(" ");
    return words.every((word, index) => argv[index] === word);
  };
  const named = COMMANDS.filter(isNamed);
  return Promise.all((named.length > 0 ? named : COMMANDS).map(({ load }) => load()));
}

/** Does what the arguments ask for; everything that goes wrong is told and gives 2. */
export async function runProgram(argv: readonly string[], shell: Shell): Promise<ExitCode> {
  try {
    const parsed = parseArguments(argv, await loadCommands(argv), readVersion());
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
  const own = createRequire(import.meta.url);
  return (own("imagegate/package.json") as { readonly version: string }).version;
}
