import type { JsonPath } from "@imagegate/core";
import { describeFound } from "../documents/found.ts";
import { placeOf, type NamedDocument } from "../documents/place.ts";
import { matchPattern, parsePointerPattern, type Match } from "../documents/pointer-pattern.ts";
import type { PinsFailure } from "../failure.ts";
import type { WrittenDigest } from "../pin/digest.ts";
import { isVisibleName } from "../pin/name.ts";
import type { DigestAlgorithm } from "../pin/pin.ts";
import type { WrittenPin } from "../pin/written-pin.ts";
import type { EntryPattern } from "../pins-file/schema.ts";
import { failedReading, NOTHING_READ, type Reading, type Unverified } from "./source.ts";

/** What entries without a digest are called in reports. */
const UNDIGESTED = "entries without a digest";

/** The pins of a document whose entries a pattern finds; a pattern that finds none is a failure. */
export function readEntries(document: NamedDocument, pattern: EntryPattern): Reading {
  const entries = matchPattern(parsePointerPattern(pattern.at), { path: [], value: document.value });
  if (entries.length === 0) {
    return failedReading({ reason: "pins-pattern-empty", path: document.path, pattern: pattern.at });
  }
  const problems: PinsFailure[] = [];
  const pins: WrittenPin[] = [];
  const undigested: WrittenPin[] = [];
  for (const entry of entries) {
    const read = readEntry(document, entry, pattern);
    problems.push(...read.problems);
    const isUndigested = read.pin.urls.length > 0 && read.pin.digests.length === 0 && !read.pin.told.digests;
    (isUndigested && pattern.undigested === "report" ? undigested : pins).push(read.pin);
  }
  return { ...NOTHING_READ, pins, problems, unverified: countUndigested(undigested) };
}

function countUndigested(pins: readonly WrittenPin[]): readonly Unverified[] {
  const [first] = pins;
  return first === undefined ? [] : [{ what: UNDIGESTED, count: pins.length, place: first.place }];
}

/** One entry; a field that is no text is told, and left out. */
function readEntry(
  document: NamedDocument,
  entry: Match,
  pattern: EntryPattern,
): { readonly pin: WrittenPin; readonly problems: readonly PinsFailure[] } {
  const problems: PinsFailure[] = [];
  const find = (pointer: string | undefined): readonly Match[] =>
    pointer === undefined ? [] : matchPattern(parsePointerPattern(pointer), entry);
  const read = <T>(matches: readonly Match[], isRight: (value: unknown) => value is T, expected: string) =>
    matches.flatMap(({ path, value }): readonly T[] => {
      if (isRight(value)) return [value];
      const found = describeFound(value);
      problems.push({ reason: "pins-document-shape", place: placeOf(document, path), expected, found });
      return [];
    });
  const [urls, digests] = [find(pattern.url), find(pattern.digest)];
  const [name = null] = read(
    find(pattern.name),
    isName,
    "a name that can be seen, without control characters",
  );
  const [sizeBytes = null] = read(find(pattern.size), isSize, "a number of bytes");
  const urlTexts = read(urls, isString, "a url");
  const digestTexts = read(digests, isString, "a digest");
  const pin: WrittenPin = {
    name,
    urls: urlTexts,
    digests: digestTexts.map((text) => digestIn(text, pattern.algorithm)),
    sizeBytes,
    mediaType: null,
    trust: pattern.trust,
    allowance: null,
    told: { urls: urlTexts.length < urls.length, digests: digestTexts.length < digests.length },
    place: placeOf(document, entry.path, linePath(entry.path, [...digests, ...urls])),
  };
  return { pin, problems };
}

/** A bare digest is of the algorithm that the pattern says. */
function digestIn(text: string, algorithm: DigestAlgorithm): WrittenDigest {
  return { text, declared: text.includes(":") ? null : algorithm };
}

/** The line to correct is that of the digest, else of the url. */
function linePath(entry: JsonPath, [first]: readonly Match[]): JsonPath {
  return first?.path ?? entry;
}

function isString(value: unknown): value is string {
  return typeof value === "string";
}

function isName(value: unknown): value is string {
  return typeof value === "string" && isVisibleName(value);
}

function isSize(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
