import type { PinSet, PinVerdict } from "@imagegate/pins";
import { SingleBar } from "cli-progress";
import { escapeText } from "../messages/escape.ts";
import type { Shell } from "../shell/shell.ts";

/** Shows on stderr how many urls have their verdict. */
export interface PinProgress {
  readonly onVerdict: (verdict: PinVerdict) => void;
  readonly close: () => void;
}

const QUIET_MS = 15_000;

/** A bar on a terminal; in a log, a line now and then while it takes long. */
export function openPinProgress({ pins }: PinSet, shell: Shell): PinProgress {
  const total = pins.reduce((sum, { urls }) => sum + urls.length, 0);
  return shell.stderr.isTTY === true ? openBar(total, shell) : openLog(total, shell);
}

function openBar(total: number, { stderr }: Shell): PinProgress {
  const bar = new SingleBar({
    stream: stderr,
    format: "{bar} {value}/{total} {name}",
    barsize: 24,
    clearOnComplete: true,
    gracefulExit: false,
    hideCursor: null,
  });
  bar.start(total, 0, { name: "" });
  return {
    onVerdict: ({ pin }) => bar.increment(1, { name: escapeText(pin.name) }),
    close: () => bar.stop(),
  };
}

function openLog(total: number, { warn }: Shell): PinProgress {
  let spokeAt = performance.now();
  let done = 0;
  return {
    onVerdict: () => {
      done += 1;
      if (performance.now() - spokeAt <= QUIET_MS) return;
      spokeAt = performance.now();
      void warn([`${done} of ${total} urls`]);
    },
    close: () => undefined,
  };
}
