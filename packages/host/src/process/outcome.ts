/** What every process that started leaves behind. */
interface Ran {
  /** What stdout gave up to the end, empty when lines were asked for. */
  readonly stdout: Uint8Array;
  /** The last part of stderr, decoded as UTF-8 with `U+FFFD` for bytes that are none. */
  readonly stderr: string;
  readonly durationMs: number;
}

/** Everything that can become of a process; only `exited` with the expected code is a success. */
export type ProcessOutcome =
  | (Ran & { readonly kind: "exited"; readonly exitCode: number })
  /** A signal that we did not send ended it. */
  | (Ran & { readonly kind: "signalled"; readonly signal: NodeJS.Signals })
  | (Ran & { readonly kind: "timed-out"; readonly timeoutMs: number })
  /** The caller's `AbortSignal` fired, maybe before the start. */
  | (Ran & { readonly kind: "cancelled" })
  | (Ran & {
      readonly kind: "output-too-large";
      /** Whether all of stdout or one line of it went over its bound. */
      readonly bound: "stdout" | "line";
      readonly limitBytes: number;
    })
  /** It exited, but something that it started kept stdout open: what was read may not be all. */
  | (Ran & { readonly kind: "stdout-held-open" })
  /** There is no such executable. */
  | { readonly kind: "not-found"; readonly executable: string; readonly cause: unknown }
  | {
      readonly kind: "not-started";
      readonly executable: string;
      /** The system's code: `EACCES`, `E2BIG`, `ENOENT` (a bad `cwd`, a missing interpreter of a script), … */
      readonly code: string;
      /** What the code is about. */
      readonly subject: "executable" | "cwd";
      readonly cause: unknown;
    };
