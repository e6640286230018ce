import { once } from "node:events";
import { createInterface } from "node:readline/promises";
import type { Shell } from "./shell.ts";

/** Whether somebody is there to ask: a terminal on both sides, and no CI, which has nobody behind it. */
export function canAsk({ stdin, stdout, env }: Shell): boolean {
  const isCi = env["CI"] !== undefined && env["CI"] !== "" && env["CI"] !== "false";
  return stdin.isTTY === true && stdout.isTTY === true && !isCi;
}

/** How a question ends: with a clear yes, with anything else, or by Ctrl-C. */
export type Answer = "yes" | "no" | "interrupted";

/** Asks until the line ends; anything but a clear yes is a no. */
export async function askYesOrNo(question: string, { stdin, stdout, signal }: Shell): Promise<Answer> {
  const lines = createInterface({ input: stdin, output: stdout });
  // A terminal under a reader gives the key, not the signal.
  const pressed = once(lines, "SIGINT").then((): Answer => "interrupted");
  // Ctrl-D closes the reader, and its question is then never answered.
  const closed = once(lines, "close").then((): Answer => "no");
  const answered = lines
    .question(`${question} [y/N] `, { signal })
    .then((text): Answer => (/^y(?:es)?$/i.test(text.trim()) ? "yes" : "no"));
  try {
    return await Promise.race([pressed, answered, closed]);
  } catch {
    return signal.aborted ? "interrupted" : "no";
  } finally {
    lines.close();
  }
}
