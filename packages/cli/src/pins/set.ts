import { resolve } from "node:path";
import { fail, ok, type Result } from "@imagegate/core";
import { findWorkspaceRoot } from "@imagegate/engine";
import type { PinSet } from "@imagegate/pins";
import { openRoot } from "../arguments/root.ts";
import type { DescribedFailure } from "../failure.ts";
import type { Shell } from "../shell/shell.ts";
import { findFamilyManifests } from "./families.ts";

/** Which pins a command is about. */
interface PinSelection {
  /** Relative to the current folder. */
  readonly files: readonly string[];
  /** Names of families whose manifests are read, too. */
  readonly families?: readonly string[];
  readonly root: string | undefined;
  readonly allowLoopbackHttp: boolean;
}

/**
 * Reads the pins of some files and families; of neither, those of the whole workspace. A configuration that cannot be
 * read is a failure: it may be that of a family whose manifests are to be verified.
 */
export async function readPinSet(
  { files, families = [], root: givenRoot, allowLoopbackHttp }: PinSelection,
  { cwd, signal }: Shell,
): Promise<Result<PinSet, readonly DescribedFailure[]>> {
  const { readPins } = await import("@imagegate/pins");
  const opened = await openRoot(givenRoot, cwd);
  if (!opened.ok) return fail([opened.failure]);
  const root = opened.value;
  const paths = files.map((file) => resolve(cwd, file));
  const options = { root, signal, allowLoopbackHttp };
  const isWhole = paths.length + families.length === 0;
  const found = isWhole || families.length > 0 ? await findFamilyManifests(root, families) : ok([]);
  if (!found.ok) return fail(found.failure);
  const manifests = found.value;
  if (!isWhole || manifests.length === 0) return ok(await readPins(paths, { ...options, manifests }));
  const pinsFiles = await findPinsFiles(root);
  return pinsFiles.ok ? ok(await readPins(pinsFiles.value, { ...options, manifests })) : pinsFiles;
}

function rootOf(givenRoot: string | undefined, cwd: string): string {
  return givenRoot === undefined ? findWorkspaceRoot(cwd) : resolve(cwd, givenRoot);
}

/** The absolute paths of the documents of pins, with those that could not be used. */
export function documentPaths(
  { documents, problems }: PinSet,
  { files, root }: Pick<PinSelection, "files" | "root">,
  { cwd }: Shell,
): readonly string[] {
  const unusable = problems.flatMap((problem) => ("path" in problem ? [problem.path] : []));
  return [
    ...files.map((file) => resolve(cwd, file)),
    ...[...documents, ...unusable].map((path) => resolve(rootOf(root, cwd), path)),
  ];
}

/** Where there are families to verify, there need be no pins file. */
async function findPinsFiles(root: string): Promise<Result<readonly string[], readonly DescribedFailure[]>> {
  const pins = await import("@imagegate/pins");
  const found = await pins.findPinsFiles(root);
  if (found.ok) return found;
  return found.failure.reason === "pins-file-none" ? ok([]) : fail([found.failure]);
}

/** The most problems that are told one by one. */
const maxTold = 50;

/** Tells what is wrong with pins. */
export async function tellProblems({ problems }: PinSet, shell: Shell): Promise<void> {
  await shell.failAll(problems.slice(0, maxTold));
  const more = problems.length - maxTold;
  if (more > 0) await shell.warn([`and ${more} more: --json lists them all`]);
}
