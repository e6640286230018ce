import { setTimeout as sleep } from "node:timers/promises";
import { isEndedGroup } from "./stat.ts";

const FIRST_POLL_MS = 5;
const LONGEST_POLL_MS = 40;
const liveGroups = new Set<number>();

/** Remembers a process group, so that the end of this process ends it too; the leader's pid names the group. */
export function trackGroup(leader: number): void {
  if (liveGroups.size === 0) process.on("exit", killLiveGroups);
  liveGroups.add(leader);
}

/**
 * Ends whatever is left of a group: SIGTERM, then SIGKILL to those who outlive `graceMs`.
 * Resolves when the group is empty, or `graceMs` after the SIGKILL for processes that we may not signal.
 */
export async function endGroup(leader: number, graceMs: number): Promise<void> {
  if (!(await signalAndWait(leader, "SIGTERM", graceMs))) await signalAndWait(leader, "SIGKILL", graceMs);
  liveGroups.delete(leader);
  if (liveGroups.size === 0) process.off("exit", killLiveGroups);
}

/** Whether nothing of the group is left in the end. */
async function signalAndWait(leader: number, signal: NodeJS.Signals, waitMs: number): Promise<boolean> {
  if (!signalGroup(leader, signal)) return true;
  const deadline = performance.now() + waitMs;
  for (let pollMs = FIRST_POLL_MS; ; pollMs = Math.min(pollMs * 2, LONGEST_POLL_MS)) {
    await sleep(pollMs);
    if (isGone(leader)) return true;
    if (performance.now() >= deadline) return false;
  }
}

/** In a container without an init process nobody collects orphans: what is left of them must not be waited for. */
function isGone(leader: number): boolean {
  return !signalGroup(leader, 0) || isEndedGroup(leader);
}

/** Whether the group has any process (a zombie counts). */
function signalGroup(leader: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(-leader, signal);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

function killLiveGroups(): void {
  for (const leader of liveGroups) signalGroup(leader, "SIGKILL");
}
