import type { Allowance } from "../pin/pin.ts";
import type { Judgement } from "./judge.ts";
import type { PinVerdict, VerdictClass } from "./verdict.ts";

/** That something cannot be had may be put up with; that it differs may not. */
const ALLOWABLE: ReadonlySet<VerdictClass> = new Set([
  "gone",
  "denied",
  "unreachable",
  "truncated",
  "not-an-artifact",
  "blocked",
]);

/** What an allowance makes of a class; it holds through its last day, in UTC. */
export function applyAllowance(
  found: Judgement["class"],
  allowance: Allowance | null,
  nowMs: number,
): Pick<PinVerdict, "class" | "allowedClass" | "isAllowed"> {
  if (allowance === null || !ALLOWABLE.has(found))
    return { class: found, allowedClass: null, isAllowed: false };
  const today = new Date(nowMs).toISOString().slice(0, 10);
  if (today <= allowance.expires) return { class: found, allowedClass: null, isAllowed: true };
  return { class: "expired-allowance", allowedClass: found, isAllowed: false };
}
