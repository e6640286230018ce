// cac reads numbers out of whatever looks like one (`007` becomes 7), drops a lone `-`, takes what follows a flag for
// its value and gives what follows `--` away. No argument can hold NUL, so a mark with it keeps each text what it is.
const POSITIONAL = "\0p";
const INLINE = "\0i";

/** The arguments, marked so that cac hands them on as they are. */
export function guardArguments(argv: readonly string[], commands: ReadonlySet<string>): readonly string[] {
  const end = argv.includes("--") ? argv.indexOf("--") : argv.length;
  const before = joinCommand(argv.slice(0, end), commands);
  return [
    ...before.map((argument) => (commands.has(argument) ? argument : guard(argument))),
    ...argv.slice(end + 1).map((argument) => POSITIONAL + argument),
  ];
}

/** A text as it was given; what is no text stays. */
export function unguard(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unguard);
  if (typeof value !== "string") return value;
  return isInlineValue(value) || value.startsWith(POSITIONAL) ? value.slice(POSITIONAL.length) : value;
}

/** Whether a text was given as `--option=text`: among the positional arguments, it belongs to a flag that takes none. */
export function isInlineValue(text: string): boolean {
  return text.startsWith(INLINE);
}

/** A command of two words becomes one, as cac knows no others. */
function joinCommand(argv: readonly string[], commands: ReadonlySet<string>): readonly string[] {
  const at = argv.findIndex((argument) => !isOption(argument));
  const joined = `${argv[at]} ${argv[at + 1]}`;
  return commands.has(joined) ? [...argv.slice(0, at), joined, ...argv.slice(at + 2)] : argv;
}

function guard(argument: string): string {
  if (!isOption(argument)) return POSITIONAL + argument;
  const equals = argument.indexOf("=");
  if (equals === -1) return joinWords(argument);
  return `${joinWords(argument.slice(0, equals))}=${INLINE}${argument.slice(equals + 1)}`;
}

/** An option as cac declares it (`--perHost`): by its other name it knows no flag, and takes what follows for a value. */
function joinWords(option: string): string {
  if (option.startsWith("--no-")) return option;
  return option.replace(/(?<=^--.*[a-z])-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function isOption(argument: string): boolean {
  return argument.startsWith("-") && argument !== "-";
}
