import { join, posix } from "node:path";
import type { Result } from "@imagegate/core";
import { acquireLock, type Lock, type LockFailure, type WriteFailure } from "@imagegate/host";
import type { Project } from "../config/project.ts";
import type { RunOptions } from "./run.ts";
import { RecordStaging } from "./staging.ts";

/** How long a second writer of a family's records waits for the first. */
const LOCK_WAIT_MS = 60_000;

/** Works as the one writer of a family's records, with a place for new ones; both are gone afterwards. */
export async function stageRecords<T, F>(
  project: Project,
  { signal, options }: { readonly signal: AbortSignal; readonly options: RunOptions },
  work: (staging: RecordStaging) => Promise<Result<T, F>>,
): Promise<Result<T, F | LockFailure | WriteFailure>> {
  const lock = await lockRecords(project, signal, options);
  if (!lock.ok) return lock;
  try {
    const staging = await RecordStaging.open(
      join(project.root, workFolder(project), `${project.family}.staged`),
      join(project.root, project.recordsFolder),
    );
    if (!staging.ok) return staging;
    try {
      return await work(staging.value);
    } finally {
      await staging.value.close();
    }
  } finally {
    await lock.value.release();
  }
}

/** The lock and the staged records stand beside the output folder: git ignores it, and Nx does not cache it. */
function workFolder({ outputFolder }: Project): string {
  return posix.join(posix.dirname(outputFolder), ".imagegate");
}

function lockRecords(
  project: Project,
  signal: AbortSignal,
  { onEvent }: RunOptions,
): Promise<Result<Lock, LockFailure>> {
  return acquireLock(join(project.root, workFolder(project), `${project.family}.lock`), {
    waitMs: LOCK_WAIT_MS,
    signal,
    onWait: ({ pid, host }) => onEvent?.({ kind: "waiting-for-lock", pid, host }),
  });
}
