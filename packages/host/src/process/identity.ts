import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";
import { hasEnded, readProcessStat } from "./stat.ts";

/**
 * Who a process is, precisely enough to say later whether it is gone.
 * `null` where the system does not tell (`/proc` is Linux's).
 */
export interface ProcessIdentity {
  readonly pid: number;
  readonly host: string;
  /** `/etc/machine-id`. */
  readonly machine: string | null;
  /** The pid namespace: containers with one host name have different processes under one pid. */
  readonly namespace: string | null;
  /** The kernel's boot id. */
  readonly boot: string | null;
  /** Start time in clock ticks since boot: tells a process from a later one with its pid. */
  readonly start: string | null;
}

/** `gone` only when that is certain; `unknown` for a process that another host or container would have to judge. */
export type ProcessState = "alive" | "gone" | "unknown";

/** The identity of this process. */
export function currentProcess(): ProcessIdentity {
  return {
    pid: process.pid,
    host: hostname(),
    machine: readText("/etc/machine-id"),
    namespace: readNamespace(),
    boot: readText("/proc/sys/kernel/random/boot_id"),
    start: readProcessStat(process.pid)?.start ?? null,
  };
}

/** Judges whether `other` still runs, seen from `self`. */
export function judgeProcess(other: ProcessIdentity, self: ProcessIdentity): ProcessState {
  if (other.host !== self.host || other.machine !== self.machine || other.namespace !== self.namespace) {
    return "unknown";
  }
  if (other.boot !== self.boot) return rebooted(other, self) ? "gone" : "unknown";
  if (!exists(other.pid)) return "gone";
  const stat = readProcessStat(other.pid);
  if (stat === undefined) return "alive";
  // A killed process whose parent never collects it stays in the table, but does nothing any more.
  if (hasEnded(stat)) return "gone";
  return other.start === null || other.start === stat.start ? "alive" : "gone";
}

/** Without a machine id, another boot may as well be another machine with this host name. */
function rebooted(other: ProcessIdentity, self: ProcessIdentity): boolean {
  return other.boot !== null && self.boot !== null && self.machine !== null;
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !(error instanceof Error && "code" in error && error.code === "ESRCH");
  }
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, "utf8").trim() || null;
  } catch {
    return null;
  }
}

function readNamespace(): string | null {
  try {
    return readlinkSync("/proc/self/ns/pid");
  } catch {
    return null;
  }
}
