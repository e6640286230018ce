import { readdirSync, readFileSync } from "node:fs";

/** What Linux says of a process, from `/proc/PID/stat`. */
export interface ProcessStat {
  /** One letter; `Z` and `X` are processes that ended and that their parent has not collected yet. */
  readonly state: string;
  /** The process group. */
  readonly group: number;
  /** Start time in clock ticks since boot. */
  readonly start: string;
}

/** The state of a process, or nothing where the system does not tell (no such process, no `/proc`). */
export function readProcessStat(pid: number): ProcessStat | undefined {
  try {
    return parseProcessStat(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return undefined;
  }
}

/** Fields 3, 5 and 22 of `proc_pid_stat(5)`; field 2, the name, may itself hold spaces and parentheses. */
export function parseProcessStat(text: string): ProcessStat | undefined {
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const [state, group, start] = [fields[0], fields[2], fields[19]];
  if (state === undefined || group === undefined || start === undefined) return undefined;
  return { state, group: Number(group), start };
}

/** Whether a process has ended, collected by its parent or not. */
export function hasEnded({ state }: ProcessStat): boolean {
  return state === "Z" || state === "X";
}

/** Whether all processes seen of a group have ended; `false` when none is seen, since some may be hidden from us. */
export function isEndedGroup(group: number): boolean {
  const members = listPids()
    .map(readProcessStat)
    .filter((stat) => stat?.group === group);
  return members.length > 0 && members.every((stat) => stat !== undefined && hasEnded(stat));
}

function listPids(): number[] {
  try {
    return readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .map(Number);
  } catch {
    return [];
  }
}
