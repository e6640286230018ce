import type { JsonPath } from "@imagegate/core";
import type { core } from "zod";
import { describeFound, valueAt } from "../documents/found.ts";

/** What is wrong with a field, and what it should have been. */
export interface FieldProblem {
  readonly path: JsonPath;
  readonly problem: "invalid" | "missing" | "unknown-key";
  readonly expected: string;
  readonly found: string;
}

/** What a schema found wrong at one place of a value, in our words; each unknown key is a problem of its own. */
export function fieldProblemsOf(issue: core.$ZodIssue, value: unknown): readonly FieldProblem[] {
  const path = issue.path.map((step) => (typeof step === "number" ? step : String(step)));
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      path: [...path, key],
      problem: "unknown-key",
      expected: "no key that nobody knows, or what it means goes unheeded",
      found: JSON.stringify(key),
    }));
  }
  const found = valueAt(value, path);
  const problem = found === undefined ? "missing" : "invalid";
  return [{ path, problem, expected: expectedBy(issue), found: describeFound(found) }];
}

const TYPES: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  tuple: "a list",
  object: "an object",
  record: "an object",
};

/** What a schema wanted; where it says so itself (`regex`, `refine`), in its own words. */
function expectedBy(issue: core.$ZodIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return TYPES[issue.expected] ?? issue.expected;
    case "invalid_value":
      return `one of ${issue.values.map(String).join(", ")}`;
    case "invalid_union":
      return `one of ${"options" in issue ? (issue.options as readonly unknown[]).map(String).join(", ") : "several forms"}`;
    case "too_small":
      return atLeast(issue);
    case "too_big":
      return `${TYPES[issue.origin] ?? issue.origin} ${issue.origin === "string" ? `of at most ${issue.maximum} characters` : `up to ${issue.maximum}`}`;
    default:
      return issue.message;
  }
}

function atLeast({ origin, minimum, inclusive }: core.$ZodIssueTooSmall): string {
  const type = TYPES[origin] ?? origin;
  if (origin === "string" || origin === "array") return `${type} that is not empty`;
  return `${type} ${inclusive === false ? "above" : "from"} ${minimum}${inclusive === false ? "" : " on"}`;
}
