import { cac } from "cac";
import type { Command, GivenArguments } from "./command.ts";
import { guardArguments, isInlineValue, unguard } from "./guard.ts";

/** What the arguments ask for; help and version are already printed when it is `answered`. */
export type ParsedArguments =
  | { readonly kind: "answered" }
  | { readonly kind: "usage"; readonly problem: string; readonly command: string | null }
  | { readonly kind: "command"; readonly command: Command; readonly given: GivenArguments };

/** Finds the command and its arguments. */
export function parseArguments(
  argv: readonly string[],
  commands: readonly Command[],
  version: string,
): ParsedArguments {
  const cli = cac("imagegate");
  let chosen: Command | undefined;
  for (const command of commands) {
    const declared = cli.command(command.usage, command.description);
    for (const [flags, description] of Object.entries(command.options)) declared.option(flags, description);
    for (const example of command.examples) declared.example(`  $ ${example}`);
    declared.action(() => {
      chosen = command;
    });
  }
  cli.help(tidyHelp).version(version);
  const guarded = guardArguments(argv, new Set(commands.map(({ name }) => name)));
  const name = (): string | null => cli.matchedCommandName ?? null;
  try {
    cli.parse(["node", "imagegate", ...guarded]);
  } catch (error) {
    if (!(error instanceof Error) || error.name !== "CACError") throw error;
    return { kind: "usage", problem: spellProblem(error.message), command: name() };
  }
  if (chosen === undefined) return answerWithout(cli.args, { ...cli.options }, commands);
  if (cli.options["version"] === true) {
    cli.outputVersion();
    return { kind: "answered" };
  }
  const inline = cli.args.find(isInlineValue);
  if (inline !== undefined) {
    const problem = `no option takes the value ${JSON.stringify(unguard(inline))}`;
    return { kind: "usage", problem, command: name() };
  }
  const positionals = cli.args.map((argument) => String(unguard(argument)));
  const options = Object.entries(cli.options).map(([key, value]) => [key, unguard(value)] as const);
  return { kind: "command", command: chosen, given: { positionals, options: Object.fromEntries(options) } };
}

function answerWithout(
  args: readonly string[],
  options: Readonly<Record<string, unknown>>,
  commands: readonly Command[],
): ParsedArguments {
  if (options["help"] === true || options["version"] === true) return { kind: "answered" };
  return { kind: "usage", problem: describeUnknown(args[0], commands), command: null };
}

function describeUnknown(first: string | undefined, commands: readonly Command[]): string {
  const word = first === undefined ? undefined : String(unguard(first));
  const names = commands.map(({ name }) => name);
  const inGroup = names.filter((name) => name.startsWith(`${word} `));
  const known = (inGroup.length > 0 ? inGroup : names).join(", ");
  if (word === undefined) return `a command is missing: one of ${known}`;
  return `there is no command ${JSON.stringify(word)}: it is one of ${known}`;
}

/** Without the list of ways to ask for more help, and without blanks at the ends of lines. */
function tidyHelp(sections: HelpSection[]): HelpSection[] {
  const isWanted = ({ title = "" }: HelpSection): boolean => !title.includes("`--help`");
  return sections
    .filter(isWanted)
    .map((section) => ({ ...section, body: section.body.replaceAll(/ +$/gm, "") }));
}

interface HelpSection {
  title?: string;
  body: string;
}

/** A sentence of cac without its capital and without the marks that its arguments carry. */
function spellProblem(message: string): string {
  const text = message.replaceAll(/\0[pi]/g, "");
  return `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
}
