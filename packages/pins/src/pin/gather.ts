import { findConflicts } from "./conflicts.ts";
import { judgePin } from "./judged-pin.ts";
import { mergePins } from "./merged-pins.ts";
import type { Pin } from "./pin.ts";
import type { PinProblem } from "./problem.ts";
import type { UrlRules } from "./url.ts";
import type { WrittenPin } from "./written-pin.ts";

/** Pins of all places, and all that is wrong with them. */
export interface GatheredPins {
  /** Those without problems of their own; whether any may be used is for the problems to say. */
  readonly pins: readonly Pin[];
  readonly problems: readonly PinProblem[];
}

/** Judges pins one by one and against each other, and makes one of those that say the same. */
export function gatherPins(written: readonly WrittenPin[], rules: UrlRules): GatheredPins {
  const judged = written.map((one) => judgePin(one, rules));
  const sound = judged.flatMap(({ pin }) => pin ?? []);
  return {
    pins: mergePins(sound),
    problems: [...judged.flatMap(({ problems }) => problems), ...findConflicts(sound)],
  };
}
