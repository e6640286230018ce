import { fail, type Result } from "@imagegate/core";
import type { ApiFailure } from "../failure.ts";

/** Why a round did not settle it, and whether a new look may. */
export interface Setback {
  readonly failure: ApiFailure;
  /** What was to be changed is gone, nobody knows whether it was written, or there is nothing to hope for. */
  readonly kind: "vanished" | "uncertain" | "final";
}

const MAX_ROUNDS = 4;

/**
 * Looks and acts until it is settled, with longer and longer pauses. A round is told whether an earlier one may have
 * written what it misses.
 */
export async function settleInRounds<T>(
  { pause }: { readonly pause: (rounds: number) => Promise<void> },
  settle: (mayBeAdded: boolean) => Promise<Result<T, Setback>>,
): Promise<Result<T, ApiFailure>> {
  let mayBeAdded = false;
  for (let round = 1; ; round += 1) {
    const settled = await settle(mayBeAdded);
    if (settled.ok) return settled;
    const { kind, failure } = settled.failure;
    if (kind === "final" || round === MAX_ROUNDS) return fail(failure);
    mayBeAdded ||= kind === "uncertain";
    await pause(round);
  }
}

/** A failure as a setback, final unless its reason is one of those that are named. */
export function setBack(
  failure: ApiFailure,
  kinds: { readonly [R in ApiFailure["reason"]]?: Setback["kind"] } = {},
): Result<never, Setback> {
  return fail({ failure, kind: kinds[failure.reason] ?? "final" });
}
