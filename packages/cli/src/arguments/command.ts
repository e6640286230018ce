import type { DescribedFailure } from "../failure.ts";
import type { ExitCode, Shell } from "../shell/shell.ts";
import { OptionReader } from "./option-reader.ts";

/** What a command says of itself; `usage` and the flags of `options` are spelled as cac reads them. */
interface CommandHead {
  readonly usage: string;
  readonly description: string;
  readonly options: Readonly<Record<string, string>>;
  readonly examples: readonly string[];
}

/** A command: how its arguments become one value, and what is done with it. */
export interface CommandDefinition<T> extends CommandHead {
  /** Leaves what is wrong with the reader. */
  parse(options: OptionReader, positionals: readonly string[]): T;
  run(input: T, shell: Shell): Promise<ExitCode>;
}

/** A command that can be listed with others. */
export interface Command extends CommandHead {
  /** The words before the arguments. */
  readonly name: string;
  start(given: GivenArguments, shell: Shell): Promise<ExitCode>;
}

/** What was given after the command's name. */
export interface GivenArguments {
  readonly positionals: readonly string[];
  readonly options: Readonly<Record<string, unknown>>;
}

/** Makes a command of its definition: it runs only when nothing is wrong with its arguments. */
export function defineCommand<T>(definition: CommandDefinition<T>): Command {
  const { usage, description, options, examples } = definition;
  const name = usage.replace(/[<[].*$/, "").trim();
  return {
    name,
    usage,
    description,
    options,
    examples,
    async start({ positionals, options: given }, shell) {
      const reader = new OptionReader(given);
      const input = definition.parse(reader, positionals);
      if (reader.problems.length === 0) return runTelling(definition, input, shell);
      await shell.fail({ reason: "usage", problems: reader.problems, command: name });
      return 2;
    },
  };
}

/** Runs a command; one that was asked for JSON and has none to print prints its failures. */
async function runTelling<T>(definition: CommandDefinition<T>, input: T, shell: Shell): Promise<ExitCode> {
  const wantsJson = typeof input === "object" && input !== null && "json" in input && input.json === true;
  if (!wantsJson) return definition.run(input, shell);
  const failures: DescribedFailure[] = [];
  let hasPrinted = false;
  const code = await definition.run(input, {
    ...shell,
    printText(text) {
      hasPrinted = true;
      return shell.printText(text);
    },
    printJson(value) {
      hasPrinted = true;
      return shell.printJson(value);
    },
    fail(failure, rendering) {
      failures.push(failure);
      return shell.fail(failure, rendering);
    },
    failAll(all) {
      failures.push(...all);
      return shell.failAll(all);
    },
  });
  if (!hasPrinted && failures.length > 0) {
    const { describeFailure } = await import("../messages/failure.ts");
    const told = failures.map((failure) => ({ reason: failure.reason, ...describeFailure(failure, shell) }));
    await shell.printJson({ failures: told });
  }
  return code;
}
