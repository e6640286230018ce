import { resolve } from "node:path";
import type { Report, TerminalRendering } from "@imagegate/core/report";
import { isColored } from "../messages/style.ts";
import type { Shell } from "../shell/shell.ts";
import { formatReport } from "./format.ts";
import type { Delivery } from "./options.ts";
import { writeOutput } from "./output-file.ts";

/** How wide a text is that no terminal shows. */
const FILE_WIDTH = 100;

/** Brings a report to where it goes; false, and a message, when its file could not be written. */
export async function deliverReport(
  report: Report,
  { format, output }: Delivery,
  shell: Shell,
): Promise<boolean> {
  return deliverText((rendering) => formatReport(report, format, rendering), output, shell);
}

/** Brings what is rendered to a file or to stdout; false, and a message, when the file could not be written. */
export async function deliverText(
  render: (rendering: TerminalRendering) => string,
  output: string | undefined,
  shell: Shell,
): Promise<boolean> {
  const { stdout, env, cwd } = shell;
  if (output === undefined) {
    const width = stdout.columns ?? FILE_WIDTH;
    await shell.printText(render({ width, color: isColored(stdout.isTTY === true, env) }));
    return true;
  }
  const written = await writeOutput(resolve(cwd, output), render({ width: FILE_WIDTH, color: false }));
  if (!written.ok) await shell.fail(written.failure);
  return written.ok;
}
