const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** A signal that fires when this process is asked to end. */
export interface Cancellation {
  readonly signal: AbortSignal;
  /** Stops listening. */
  close(): void;
}

/** Listens for Ctrl-C and its kin: work that is told can still end its processes and leave the records whole. */
export function listenForCancellation(): Cancellation {
  const controller = new AbortController();
  const cancel = (): void => controller.abort();
  for (const name of SIGNALS) process.on(name, cancel);
  return {
    signal: controller.signal,
    close: () => {
      for (const name of SIGNALS) process.off(name, cancel);
    },
  };
}
