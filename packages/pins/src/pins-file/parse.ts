import type { core } from "zod";
import { membersOf, placeOf, type NamedDocument } from "../documents/place.ts";
import type { PinsFailure } from "../failure.ts";
import { DIGEST_ALGORITHMS } from "../pin/digest.ts";
import type { ListedEntry } from "./entries.ts";
import { fieldProblemsOf } from "./field-problem.ts";
import { partialEntrySchema, pinsFileSchema, sourceSchema, type SourceConfig } from "./schema.ts";

/** A source and where in the file's list it stands. */
interface ListedSource {
  readonly index: number;
  readonly config: SourceConfig;
}

/** What a document says as a pins file, and all that is wrong with it, unknown keys included. */
export interface ParsedPinsFile {
  /** What can be understood of each: an entry with problems is judged as well, as far as it goes. */
  readonly pins: readonly ListedEntry[];
  /** The well-formed ones; no programs as long as the file itself says what nobody understands. */
  readonly sources: readonly ListedSource[];
  readonly problems: readonly PinsFailure[];
}

type Issues = readonly core.$ZodIssue[];

/** A document as a pins file; what is wrong with one entry or source keeps no other from being looked at. */
export function parsePinsFile(document: NamedDocument): ParsedPinsFile {
  const issues = pinsFileSchema.safeParse(document.value).error?.issues ?? [];
  return {
    pins: listOf(document, "pins").flatMap((value, index) => readableEntry(value, index, issues)),
    sources: readableSources(document, issues),
    problems: issues.flatMap((issue) => problemsOf(issue, document)),
  };
}

function listOf({ value }: NamedDocument, name: "pins" | "sources"): readonly unknown[] {
  const list = membersOf(value)?.get(name);
  return Array.isArray(list) ? list : [];
}

/** An entry without the members that an issue is about; none where it is no object. */
function readableEntry(value: unknown, index: number, issues: Issues): readonly ListedEntry[] {
  const members = membersOf(value);
  if (members === null) return [];
  const own = issues.filter(({ path }) => path[0] === "pins" && path[1] === index);
  const wrong = new Set(own.flatMap(wrongMembers));
  const left = [...members].filter(([name]) => !wrong.has(name));
  const told = {
    urls: wrong.has("urls"),
    digests: DIGEST_ALGORITHMS.some((algorithm) => wrong.has(algorithm)),
  };
  return [
    { index, entry: partialEntrySchema.parse(Object.fromEntries(left)), isWhole: own.length === 0, told },
  ];
}

function wrongMembers(issue: core.$ZodIssue): readonly string[] {
  const [, , name] = issue.path;
  if (name !== undefined) return [String(name)];
  return issue.code === "unrecognized_keys" ? issue.keys : [];
}

function readableSources(document: NamedDocument, issues: Issues): readonly ListedSource[] {
  const isUnderstood = issues.every(({ path }) => path.length > 1);
  return listOf(document, "sources").flatMap((value, index) => {
    const { data } = sourceSchema.safeParse(value);
    return data === undefined || (data.kind === "program" && !isUnderstood) ? [] : [{ index, config: data }];
  });
}

function problemsOf(issue: core.$ZodIssue, document: NamedDocument): readonly PinsFailure[] {
  return fieldProblemsOf(issue, document.value).map(({ path, ...problem }) => ({
    reason: "pin-field-invalid",
    // What is missing would stand in the object that lacks it.
    place: placeOf(document, path, problem.problem === "missing" ? path.slice(0, -1) : path),
    printedAt: null,
    ...problem,
  }));
}
