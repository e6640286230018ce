import { emitKeypressEvents } from "node:readline";
import type { Readable, Writable } from "node:stream";
import type { Colors } from "../messages/style.ts";
import { pressKey, showDifference, type Key, type ReviewState } from "./state.ts";
import { renderReview } from "./view.ts";

/** A stream of keys. */
type KeyStream = Readable & { setRawMode?: (isRaw: boolean) => unknown };

/** A screen that is written over. */
type ScreenStream = Writable & { readonly columns?: number; readonly rows?: number };

/** Where a review takes place. */
export interface ReviewPlace {
  readonly stdin: KeyStream;
  readonly stdout: ScreenStream;
  readonly signal: AbortSignal;
  readonly colors: Colors;
  /** All that differs in a manifest, a line each. */
  readonly look: (name: string) => Promise<readonly string[]>;
}

/** ECMA-48 and xterm: a screen of its own, without the cursor; and back. */
const ENTER = "\u001B[?1049h\u001B[?25l";
const LEAVE = "\u001B[?25h\u001B[?1049l";
const HOME = "\u001B[H\u001B[J";

/** How a review ends: as somebody wished, by Ctrl-C, or since no more keys can come. */
export type ReviewEnd = ReviewState | "interrupted" | "cut-off";

/** Lets somebody review until the end; the terminal is then as it was. */
export async function reviewInTerminal(start: ReviewState, place: ReviewPlace): Promise<ReviewEnd> {
  const { stdin, stdout, signal } = place;
  let state = start;
  let isOpen = true;
  const draw = (): void => {
    // What was looked up may come after the end, and the screen is then somebody else's.
    if (!isOpen) return;
    const { columns = 80, rows = 24 } = stdout;
    const lines = renderReview(state, { width: columns, height: rows - 1, colors: place.colors });
    stdout.write(`${HOME}${lines.join("\r\n")}`);
  };
  const restore = (): void => {
    isOpen = false;
    stdin.setRawMode?.(false);
    stdout.write(LEAVE);
  };
  emitKeypressEvents(stdin);
  stdin.setRawMode?.(true);
  stdout.write(ENTER);
  // Whatever ends the process, a second Ctrl-C or a mistake, must not leave a terminal that shows nothing.
  process.once("exit", restore);
  stdout.on("resize", draw);
  try {
    return await new Promise<ReviewEnd>((resolve) => {
      const interrupt = (): void => resolve("interrupted");
      signal.addEventListener("abort", interrupt, { once: true });
      stdin.once("end", () => resolve("cut-off"));
      stdin.on("keypress", (text: string | undefined, key: KeyPress) => {
        if (key.ctrl === true && key.name === "c") return interrupt();
        state = pressKey(state, keyOf(text, key));
        if (state.end !== null) return resolve(state);
        lookUp(state, place, (name, lines) => {
          state = showDifference(state, name, lines);
          draw();
        });
        return draw();
      });
      draw();
    });
  } finally {
    stdin.removeAllListeners("keypress");
    stdout.removeListener("resize", draw);
    process.removeListener("exit", restore);
    restore();
    stdin.pause();
  }
}

interface KeyPress {
  readonly name?: string;
  readonly ctrl?: boolean;
}

const NAMED: ReadonlySet<string> = new Set([
  "up",
  "down",
  "return",
  "escape",
  "backspace",
  "pageup",
  "pagedown",
]);

function keyOf(text: string | undefined, { name = "" }: KeyPress): Key {
  return NAMED.has(name) ? name : (text ?? name);
}

/** Looks up what a manifest's screen waits for. */
function lookUp(
  { screen }: ReviewState,
  { look }: ReviewPlace,
  show: (name: string, lines: readonly string[]) => void,
): void {
  if (screen.kind !== "manifest" || screen.lines !== null) return;
  const { name } = screen;
  look(name).then(
    (lines) => show(name, lines),
    (error: unknown) => show(name, [`it cannot be looked up: ${String(error)}`]),
  );
}
