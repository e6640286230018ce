import type { core } from "zod/mini";
import type { ConfigProblem } from "../failure.ts";

/** What a schema found wrong at one place; each unknown key is a problem of its own. */
export function problemsOf(issue: core.$ZodIssue): readonly ConfigProblem[] {
  const path = issue.path.map((step) => (typeof step === "number" ? step : String(step)));
  if (issue.code !== "unrecognized_keys") return [{ path, message: issue.message }];
  return issue.keys.map((key) => ({ path: [...path, key], message: "unknown key" }));
}
