import { existsSync, statSync } from "node:fs";
import { resolve } from "node:path";
import type { Readable } from "node:stream";
import { fail, ok, type Result } from "@imagegate/core";
import { errorCode } from "../files/error-code.ts";
import type { ProcessOutcome } from "./outcome.ts";
import { withShallowStreams } from "./seldom.ts";

/** A program and its arguments, each passed as it is: no shell reads them. */
export type Argv = readonly [executable: string, ...args: string[]];

/** What a process starts with. */
export interface StartOptions {
  /** The folder it runs in; that of this process by default. */
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Whether `env` is laid over this process' environment (`extend`, the default) or stands alone. */
  readonly envMode?: "extend" | "replace";
  /** All of its standard input; without it the input is empty. */
  readonly stdin?: string | Uint8Array;
  /**
   * `drop` is for programs that run long and whose words nobody waits for: stdout is read and lost, without any bound,
   * and both pipes are read seldom.
   */
  readonly stdout?: "keep" | "drop";
}

/** A running leader of a process group of its own. */
export interface StartedProcess {
  readonly pid: number;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** When the leader is gone, its pipes maybe still open. */
  readonly exited: Promise<Exit>;
}

/** How a leader ended: exactly one of the two is set. */
export interface Exit {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** The outcomes of a process that never ran. */
export type StartFailure = Extract<ProcessOutcome, { kind: "not-found" | "not-started" }>;

/** Starts a program in a process group of its own, its input given, its output piped. */
export async function startProcess(
  argv: Argv,
  options: StartOptions,
): Promise<Result<StartedProcess, StartFailure>> {
  const [executable, ...args] = argv;
  // Most threads and many runs start no process, and execa is a large part of what they would load.
  const { execa } = await import("execa");
  try {
    const start = () => execa(executable, args, execaOptions(options));
    const child = options.stdout === "drop" ? withShallowStreams(start) : start();
    const { pid, stdout, stderr } = child;
    if (pid === undefined) {
      const { cause } = await child;
      return fail(startFailure(executable, options.cwd, cause));
    }
    const exited = new Promise<Exit>((settle) => {
      child.once("exit", (exitCode, signal) => settle({ exitCode, signal }));
    });
    return ok({ pid, stdout, stderr, exited });
  } catch (error) {
    return fail(startFailure(executable, options.cwd, error));
  }
}

function execaOptions({ cwd, env, envMode, stdin }: StartOptions) {
  return {
    ...(cwd === undefined ? {} : { cwd }),
    ...(stdin === undefined ? { stdin: "ignore" as const } : { input: stdin }),
    env: { ...env },
    extendEnv: envMode !== "replace",
    stdout: "pipe" as const,
    stderr: "pipe" as const,
    encoding: "buffer" as const,
    // The streams are read here, bounded; execa only starts the process, feeds it and reports its start.
    buffer: false as const,
    reject: false as const,
    detached: true,
    cleanup: false,
  };
}

/** ENOENT has three meanings: the folder to run in, the program itself, or the interpreter that its first line names. */
function startFailure(executable: string, cwd: string | undefined, cause: unknown): StartFailure {
  const code = errorCode(cause);
  if (cwd !== undefined && !isFolder(cwd)) {
    return { kind: "not-started", executable, code, subject: "cwd", cause };
  }
  if (code === "ENOENT" && !(executable.includes("/") && existsSync(resolve(cwd ?? "", executable)))) {
    return { kind: "not-found", executable, cause };
  }
  return { kind: "not-started", executable, code, subject: "executable", cause };
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
