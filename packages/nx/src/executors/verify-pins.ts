import { lstat, mkdir, rm } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import type { ExecutorContext } from "@nx/devkit";
import { formatCommand, runCaptured } from "imagegate";
import { parseVerifyPinsOptions, type VerifyPinsOptions } from "../plugin/options.ts";
import { refusalText, unexpectedText } from "../text.ts";
import { listenForCancellation } from "./cancellation.ts";
import type { TaskOutcome } from "./family-run.ts";

/** The `verify-pins` target of a family, or of a folder with pins files. */
export default async function verifyPins(
  options: unknown,
  { root, projectName = "", targetName = "verify-pins" }: ExecutorContext,
): Promise<{ success: boolean }> {
  const cancellation = listenForCancellation();
  try {
    const rerun = formatCommand(["npx", "nx", "run", `${projectName}:${targetName}`]);
    const outcome = await verifyPinsIn(root, options, { rerun, signal: cancellation.signal });
    process.stdout.write(outcome.terminalOutput);
    return { success: outcome.success };
  } finally {
    cancellation.close();
  }
}

/** Verifies as `imagegate pins verify` does, whose words these are; never rejects. Only exit code 0 is a success. */
export async function verifyPinsIn(
  root: string,
  given: unknown,
  { rerun, signal }: { readonly rerun: string; readonly signal: AbortSignal },
): Promise<TaskOutcome> {
  let options: VerifyPinsOptions;
  try {
    options = parseVerifyPinsOptions(given);
  } catch (cause) {
    return { success: false, terminalOutput: refusalText(cause) };
  }
  try {
    for (const path of reportPaths(options)) await makeRoom(resolve(root, path));
    const run = await runCaptured(verifyArguments(root, options), {
      cwd: root,
      env: process.env,
      signal,
      rerun,
    });
    return { success: run.exitCode === 0, terminalOutput: run.output };
  } catch (cause) {
    return { success: false, terminalOutput: unexpectedText(cause, { rerun, accept: rerun }) };
  }
}

function verifyArguments(root: string, options: VerifyPinsOptions): readonly string[] {
  const { files, families, maxAge, attested, concurrency, allowLoopbackHttp } = options;
  return [
    ...["pins", "verify", `--root=${root}`],
    ...families.map((family) => `--family=${family}`),
    ...reportsOf(options).map((further) => `--also=${further}`),
    ...(maxAge === undefined ? [] : [`--max-age=${maxAge}`]),
    ...(attested ? ["--attested"] : []),
    ...(concurrency === undefined ? [] : [`--concurrency=${concurrency}`]),
    ...(allowLoopbackHttp ? ["--allow-loopback-http"] : []),
    // What stands behind it is no option, whatever it is called.
    ...(files.length === 0 ? [] : ["--", ...files]),
  ];
}

/** A report of an earlier run must not outlive a run that fails before it has any. */
async function makeRoom(path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const standing = await lstat(path).catch(() => undefined);
  if (standing?.isFile() === true) await rm(path);
}

/** The report that is the target's output, and those that were asked for beside it. */
function reportsOf({ report, also }: VerifyPinsOptions): readonly string[] {
  return report === undefined ? also : [`json=${report}`, ...also];
}

function reportPaths(options: VerifyPinsOptions): readonly string[] {
  return reportsOf(options).flatMap((further) => {
    const at = further.indexOf("=");
    return at === -1 ? [] : [further.slice(at + 1)];
  });
}
