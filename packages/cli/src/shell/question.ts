import { once } from "node:events";
import { createInterface } from "node:readline/promises";
import type { Shell } from "./shell.ts";

/** Whether somebody is there to ask: a terminal on both sides, and no CI, which has nobody behind it. */
export function canAsk({ stdin, stdout, env }: Shell): boolean {
  const isCi = env["CI"] !== undefined && env["CI"] !== "" && env["CI"] !== "false";
  return stdin.isTTY === true && stdout.isTTY === true && !isCi;
}

/** Asks until the line ends; anything but a clear yes is a no, and so is Ctrl-C. */
export async function askYesOrNo(question: string, { stdin, stdout, signal }: Shell): Promise<boolean> {
  const lines = createInterface({ input: stdin, output: stdout });
  try {
    // Ctrl-C and Ctrl-D close the reader, and its question is then never answered.
    const closed = once(lines, "close").then(() => "");
    const answer = await Promise.race([lines.question(`${question} [y/N] `, { signal }), closed]);
    return /^y(?:es)?$/i.test(answer.trim());
  } catch {
    return false;
  } finally {
    lines.close();
  }
}
