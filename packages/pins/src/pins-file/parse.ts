import type { JsonPath } from "@imagegate/core";
import type { core } from "zod";
import { membersOf, placeOf, type NamedDocument } from "../documents/place.ts";
import type { PinsFailure } from "../failure.ts";
import type { ListedEntry } from "./entries.ts";
import { pinEntrySchema, pinsFileSchema, type SourceConfig } from "./schema.ts";

/** What a document says as a pins file, and all that is wrong with it, unknown keys included. */
export interface ParsedPinsFile {
  /** The well-formed ones. */
  readonly pins: readonly ListedEntry[];
  /** None as long as anything is wrong: a file that says what nobody understands runs nothing. */
  readonly sources: readonly SourceConfig[];
  readonly problems: readonly PinsFailure[];
}

/** A document as a pins file; an entry that is none keeps no other from being judged. */
export function parsePinsFile(document: NamedDocument): ParsedPinsFile {
  const parsed = pinsFileSchema.safeParse(document.value);
  const issues = parsed.error?.issues ?? [];
  return {
    pins: wellFormedEntries(document.value, issues),
    sources: parsed.data?.sources ?? [],
    problems: issues.flatMap((issue) => problemsOf(issue, document)),
  };
}

/** The entries of a document that no issue of the schema is about. */
function wellFormedEntries(value: unknown, issues: readonly core.$ZodIssue[]): readonly ListedEntry[] {
  const entries = membersOf(value)?.get("pins");
  if (!Array.isArray(entries)) return [];
  const malformed = new Set(issues.flatMap(({ path }) => (path[0] === "pins" ? path.slice(1, 2) : [])));
  return entries.flatMap((entry: unknown, index) =>
    malformed.has(index) ? [] : [{ index, entry: pinEntrySchema.parse(entry) }],
  );
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
