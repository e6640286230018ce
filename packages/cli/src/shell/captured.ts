import { Readable, Writable } from "node:stream";
import { openShell, type ExitCode, type Surroundings } from "./shell.ts";

/** What a command came to that ran in this process. */
export interface CapturedRun {
  readonly exitCode: ExitCode;
  /** What it printed on both streams, in its order. */
  readonly output: string;
}

/** Runs a command line as the program would, without its streams: nothing is asked, and what is printed is kept. */
export async function runCaptured(
  argv: readonly string[],
  surroundings: Pick<Surroundings, "cwd" | "env" | "signal" | "rerun">,
): Promise<CapturedRun> {
  // Whoever only wants a text of this package does not load all of its commands.
  const { runProgram } = await import("../program.ts");
  const chunks: Buffer[] = [];
  const sink = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      chunks.push(chunk);
      done();
    },
  });
  const shell = openShell({ ...surroundings, stdin: Readable.from([]), stdout: sink, stderr: sink });
  const exitCode = await runProgram(argv, shell);
  return { exitCode, output: Buffer.concat(chunks).toString("utf8") };
}
