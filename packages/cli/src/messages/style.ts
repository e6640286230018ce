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
export function chooseColors(isTerminal: boolean, env: Readonly<Record<string, string | undefined>>): Colors {
  if (env["NO_COLOR"]) return PLAIN;
  return pico.createColors(Boolean(env["FORCE_COLOR"]) || (isTerminal && env["TERM"] !== "dumb"));
}
