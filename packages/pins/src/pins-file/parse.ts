import { fail, ok, type JsonPath, type Result } from "@imagegate/core";
import type { core } from "zod";
import { placeOf, type NamedDocument } from "../documents/place.ts";
import type { PinsFailure } from "../failure.ts";
import { pinsFileSchema, type PinsFile } from "./schema.ts";

/** A document as a pins file; all that is wrong is told at once, unknown keys included. */
export function parsePinsFile(document: NamedDocument): Result<PinsFile, readonly PinsFailure[]> {
  const parsed = pinsFileSchema.safeParse(document.value);
  if (parsed.success) return ok(parsed.data);
  return fail(parsed.error.issues.flatMap((issue) => problemsOf(issue, document)));
}

/** What a schema found wrong at one place; each unknown key is a problem of its own. */
function problemsOf(issue: core.$ZodIssue, document: NamedDocument): readonly PinsFailure[] {
  const path = issue.path.map((step) => (typeof step === "number" ? step : String(step)));
  const problemAt = (at: JsonPath, problem: string): PinsFailure => ({
    reason: "pin-field-invalid",
    place: placeOf(document, at),
    problem,
  });
  if (issue.code !== "unrecognized_keys") return [problemAt(path, issue.message)];
  return issue.keys.map((key) => problemAt([...path, key], "unknown key"));
}
