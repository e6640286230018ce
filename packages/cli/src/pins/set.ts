import { resolve } from "node:path";
import { findWorkspaceRoot } from "@imagegate/engine";
import type { PinSet } from "@imagegate/pins";
import type { Shell } from "../shell/shell.ts";

/** Which pins a command is about. */
interface PinSelection {
  /** Relative to the current folder; none are all pins files of the workspace. */
  readonly files: readonly string[];
  readonly root: string | undefined;
  readonly allowLoopbackHttp: boolean;
}

/** Reads the pins of some files, or of the workspace. */
export async function readPinSet(
  { files, root: givenRoot, allowLoopbackHttp }: PinSelection,
  { cwd, signal }: Shell,
): Promise<PinSet> {
  const { readPins } = await import("@imagegate/pins");
  const root = givenRoot === undefined ? findWorkspaceRoot(cwd) : resolve(cwd, givenRoot);
  const paths = files.map((file) => resolve(cwd, file));
  return readPins(paths, { root, signal, allowLoopbackHttp });
}

/** The most problems that are told one by one. */
const maxTold = 50;

/** Tells what is wrong with pins. */
export async function tellProblems({ problems }: PinSet, shell: Shell): Promise<void> {
  await shell.failAll(problems.slice(0, maxTold));
  const more = problems.length - maxTold;
  if (more > 0) await shell.warn([`and ${more} more: --json lists them all`]);
}
