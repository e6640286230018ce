import type { PinVerdict, Verification, VerdictClass, VerificationExit } from "./verdict.ts";

const DIFFERENT: ReadonlySet<VerdictClass> = new Set([
  "drift",
  "gone",
  "size-mismatch",
  "not-an-artifact",
  "expired-allowance",
]);

/** The exit code that verdicts stand for; no verdict that is `ok` is a failure, whatever is allowed. */
export function exitOf({ verdicts }: Pick<Verification, "verdicts">): VerificationExit {
  const counted = verdicts.filter(({ isAllowed }) => !isAllowed);
  if (counted.some((verdict) => DIFFERENT.has(verdict.class))) return 1;
  return counted.every(isOk) && verdicts.some(isOk) ? 0 : 2;
}

function isOk(verdict: PinVerdict): boolean {
  return verdict.class === "ok";
}
