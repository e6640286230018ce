import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

const SAMPLE_MS = 20;

/**
 * Runs a program and measures it: wall time, processor time up to the last sample, and the most memory that it and all
 * it started held at one moment.
 */
export async function measureProcess(argv, options = {}) {
  const [program, ...args] = argv;
  const startedAt = performance.now();
  const child = spawn(program, args, { ...options, stdio: ["ignore", "ignore", "pipe"] });
  let stderr = "";
  child.stderr.on("data", (chunk) => {
    stderr = (stderr + chunk).slice(-20_000);
  });
  let peakBytes = 0;
  let cpuMs = 0;
  const timer = setInterval(() => {
    peakBytes = Math.max(peakBytes, residentBytes(child.pid));
    cpuMs = Math.max(cpuMs, processorMs(child.pid));
  }, SAMPLE_MS);
  const exitCode = await new Promise((resolve) => child.on("close", resolve));
  clearInterval(timer);
  return { exitCode, stderr, peakBytes, cpuMs, wallMs: performance.now() - startedAt };
}

/** The resident memory of a process and of all below it; pages that they share count once for each. */
function residentBytes(root) {
  const children = new Map();
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    const parent = field(pid, "PPid");
    if (parent !== undefined) children.set(parent, [...(children.get(parent) ?? []), Number(pid)]);
  }
  const waiting = [root];
  let sum = 0;
  for (let pid = waiting.pop(); pid !== undefined; pid = waiting.pop()) {
    sum += (field(pid, "VmRSS") ?? 0) * 1024;
    waiting.push(...(children.get(pid) ?? []));
  }
  return sum;
}

/** What all threads of a process have computed, and the children that it waited for; a tick is 10 ms. */
function processorMs(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks) * 10, 0);
  } catch {
    return 0;
  }
}

function field(pid, name) {
  try {
    const found = new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(readFileSync(`/proc/${pid}/status`, "utf8"));
    return found === null ? undefined : Number(found[1]);
  } catch {
    return undefined;
  }
}
