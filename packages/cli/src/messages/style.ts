import pico from "picocolors";

/** The colours that the texts use. */
export type Colors = Pick<
  ReturnType<typeof pico.createColors>,
  "bold" | "dim" | "red" | "green" | "yellow" | "cyan"
>;

/** Text as it is, for logs and for programs. */
export const PLAIN: Colors = pico.createColors(false);

/**
 * The colours of a stream: none under NO_COLOR (no-color.org), always under FORCE_COLOR, else on a terminal.
 * An empty variable counts as unset.
 */
export function chooseColors(isTerminal: boolean, env: Environment): Colors {
  return isColored(isTerminal, env) ? pico.createColors(true) : PLAIN;
}

/** Whether a stream has colours. */
export function isColored(isTerminal: boolean, env: Environment): boolean {
  if (env["NO_COLOR"]) return false;
  return Boolean(env["FORCE_COLOR"]) || (isTerminal && env["TERM"] !== "dumb");
}

type Environment = Readonly<Record<string, string | undefined>>;
