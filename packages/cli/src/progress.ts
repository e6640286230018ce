import { createRequire } from "node:module";
import type * as CliProgress from "cli-progress";
import type { RunEvent } from "@imagegate/engine";
import { escapeText } from "./messages/escape.ts";
import { formatDuration } from "./messages/units.ts";
import type { Shell } from "./shell/shell.ts";

/** Shows how far a family is, on stderr. */
export interface Progress {
  readonly onEvent: (event: RunEvent) => void;
  readonly close: () => void;
}

/** Shows how far families are that are generated one after the other, each once it begins. */
export function openFamilyProgress(shell: Shell): {
  readonly onEvent: (family: string, event: RunEvent) => void;
  readonly close: () => void;
} {
  let shown: { readonly family: string; readonly progress: Progress } | undefined;
  const close = (): void => {
    shown?.progress.close();
    shown = undefined;
  };
  return {
    onEvent: (family, event) => {
      if (shown?.family !== family) {
        close();
        shown = { family, progress: openProgress(family, shell) };
      }
      shown.progress.onEvent(event);
    },
    close,
  };
}

type ManifestDone = Extract<RunEvent, { kind: "manifest-done" }>;

const QUIET_MS = 15_000;

/** A bar on a terminal; in a log, a line when something begins and one now and then while it takes long. */
export function openProgress(family: string, shell: Shell): Progress {
  return shell.stderr.isTTY === true ? openBar(family, shell) : openLog(family, shell);
}

function openBar(family: string, { stderr }: Shell): Progress {
  // Logs have no bar, and need not wait for what draws one.
  const { SingleBar } = createRequire(import.meta.url)("cli-progress") as typeof CliProgress;
  const bar = new SingleBar({
    stream: stderr,
    format: "{family} {bar} {count} {name}",
    barCompleteChar: "█",
    barIncompleteChar: "░",
    barsize: 24,
    clearOnComplete: true,
    gracefulExit: false,
    hideCursor: null,
    linewrap: true,
    emptyOnZero: true,
  });
  const describePace = openPace();
  const show = (count: string, name: string): void => {
    bar.update({ family: escapeText(family), count, name: escapeText(name) });
  };
  bar.start(0, 0, { family: escapeText(family), count: "", name: "generating" });
  return {
    onEvent: (event) => {
      if (event.kind === "manifest-done") {
        const total = event.total ?? event.done;
        bar.setTotal(total);
        bar.update(event.done);
        show(`${event.done}/${total}`, describePace(event));
      } else if (event.kind === "waiting-for-lock") {
        show("", describeWait(event));
      } else {
        show("", "generating");
      }
    },
    close: () => bar.stop(),
  };
}

function openLog(family: string, { warn }: Shell): Progress {
  let spokeAt = performance.now();
  const describePace = openPace();
  const say = (text: string): void => {
    spokeAt = performance.now();
    void warn([escapeText(`${family}: ${text}`)]);
  };
  return {
    onEvent: (event) => {
      if (event.kind === "generator-started") say("generating");
      else if (event.kind === "waiting-for-lock") say(describeWait(event));
      else {
        const pace = describePace(event);
        if (performance.now() - spokeAt <= QUIET_MS) return;
        say(`${event.done} of ${event.total ?? "?"} manifests, ${pace}`);
      }
    },
    close: () => undefined,
  };
}

/** How fast manifests come, from now on, and which of them took longest. */
function openPace(): (event: ManifestDone) => string {
  const startedAt = performance.now();
  let slowest: { readonly name: string; readonly durationMs: number } | undefined;
  return ({ name, done, span }) => {
    if (span !== null && span.durationMs > (slowest?.durationMs ?? 0)) {
      slowest = { name, durationMs: span.durationMs };
    }
    const seconds = (performance.now() - startedAt) / 1000;
    const rate = `${formatRate(done / Math.max(seconds, 0.001))} a second`;
    if (slowest === undefined) return rate;
    return `${rate}, slowest ${slowest.name} (${formatDuration(slowest.durationMs)})`;
  };
}

function formatRate(rate: number): string {
  return rate < 10 ? rate.toFixed(1) : String(Math.round(rate));
}

function describeWait({ pid, host }: Extract<RunEvent, { kind: "waiting-for-lock" }>): string {
  return `waiting for another run: process ${pid} on ${host}`;
}
