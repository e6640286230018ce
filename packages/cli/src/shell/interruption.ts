/** Signals that ask a process to end, and their numbers. */
const SIGNALS = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const;

/** What became of the wish to end. */
export interface Interruption {
  /** Fires on the first signal. */
  readonly signal: AbortSignal;
  /** 128 and the signal's number, once there was one. */
  readonly exitCode: number | undefined;
}

/** The first signal asks the run to end in order, the second ends the process; children go with it either way. */
export function listenForSignals(onFirst: () => void): Interruption {
  const controller = new AbortController();
  let exitCode: number | undefined;
  for (const [name, number] of Object.entries(SIGNALS)) {
    process.on(name, () => {
      if (exitCode !== undefined) process.exit(128 + number);
      exitCode = 128 + number;
      onFirst();
      controller.abort();
    });
  }
  return {
    signal: controller.signal,
    get exitCode() {
      return exitCode;
    },
  };
}
