import type { Readable, Writable } from "node:stream";
import type { DescribedFailure } from "../failure.ts";
import type { FailureRendering } from "../messages/failure.ts";
import { chooseColors, type Colors } from "../messages/style.ts";
import { formatJson } from "./json.ts";
import { writeText } from "./output.ts";

/** What a command ends with: the same or done, different, not decided; or as SIGINT would have ended it, a key that was read. */
export type ExitCode = 0 | 1 | 2 | 130;

/** Everything of the outside that the commands touch. */
export interface Surroundings {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: Readable & { readonly isTTY?: boolean; setRawMode?: (isRaw: boolean) => unknown };
  readonly stdout: Writable & { readonly isTTY?: boolean; readonly columns?: number; readonly rows?: number };
  readonly stderr: Writable & { readonly isTTY?: boolean };
  /** Fires on the first Ctrl-C. */
  readonly signal: AbortSignal;
  /** This very command line, for the reader to run again. */
  readonly rerun: string;
}

/** The surroundings with ways to talk: results to stdout, everything else to stderr. */
export interface Shell extends Surroundings {
  readonly colors: Colors;
  print(lines: readonly string[]): Promise<void>;
  /** A text with line feeds of its own. */
  printText(text: string): Promise<void>;
  printJson(value: unknown): Promise<void>;
  fail(failure: DescribedFailure, rendering?: Omit<FailureRendering, "colors">): Promise<void>;
  /** Tells all that is wrong with what was to be worked on. */
  failAll(failures: readonly DescribedFailure[]): Promise<void>;
  warn(lines: readonly string[]): Promise<void>;
}

/** Opens a shell over its surroundings. */
export function openShell(surroundings: Surroundings): Shell {
  const { stdout, stderr, env, rerun } = surroundings;
  const errorColors = chooseColors(stderr.isTTY === true, env);
  const warn = async (lines: readonly string[]): Promise<void> => {
    // Diagnostics that nobody can read must not change what is decided.
    await writeText(stderr, lines.map((line) => `${line}\n`).join("")).catch(() => undefined);
  };
  const tell = async (
    failures: readonly DescribedFailure[],
    rendering: Omit<FailureRendering, "colors"> = {},
  ): Promise<void> => {
    // All that can go wrong takes long to load, and mostly does not.
    const { renderFailure } = await import("../messages/failure.ts");
    await warn(
      failures.flatMap((failure) => renderFailure(failure, { rerun, ...rendering, colors: errorColors })),
    );
  };
  return {
    ...surroundings,
    colors: chooseColors(stdout.isTTY === true, env),
    print: (lines) => writeText(stdout, lines.map((line) => `${line}\n`).join("")),
    printText: (text) => writeText(stdout, text),
    printJson: (value) => writeText(stdout, `${formatJson(value)}\n`),
    fail: (failure, rendering) => tell([failure], rendering),
    failAll: (failures) => tell(failures),
    warn,
  };
}
