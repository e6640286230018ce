import { spawnSync } from "node:child_process";

/** Runs a program to its end without showing what it prints; anything but the exit code that is expected throws. */
export function runProgram(argv, { exitCode = 0, ...options } = {}) {
  const [program, ...args] = argv;
  const result = spawnSync(program, args, { maxBuffer: 1 << 28, ...options });
  if (result.status !== exitCode) throw new Error(describe(argv, result));
  return result.stdout;
}

/** Throws unless a program that was waited for ended with 0. */
export function succeed({ exitCode, output }) {
  if (exitCode !== 0) throw new Error(`exit ${exitCode}:\n${output}`);
}

function describe([program], { status, error, stdout, stderr }) {
  return `${program}: exit ${status} ${error?.message ?? ""}\n${stdout ?? ""}${stderr ?? ""}`;
}
