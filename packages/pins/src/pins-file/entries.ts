import type { JsonPath } from "@imagegate/core";
import { placeOf, type NamedDocument } from "../documents/place.ts";
import { DIGEST_ALGORITHMS } from "../pin/digest.ts";
import type { DigestAlgorithm, Provenance } from "../pin/pin.ts";
import type { PinProblem } from "../pin/problem.ts";
import type { WrittenPin } from "../pin/written-pin.ts";
import type { PinEntry } from "./schema.ts";

/** An entry and where in the file's list it stands. */
export interface ListedEntry {
  readonly index: number;
  /** Without what is wrong with it. */
  readonly entry: PinEntry;
  /** Whether nothing is wrong with its form. */
  readonly isWhole: boolean;
  readonly told: WrittenPin["told"];
}

/** The pins of a pins file, each with the line of its first digest. */
export function writtenPins(
  entries: readonly ListedEntry[],
  document: NamedDocument,
  placeOfEntry: PlaceOfEntry = placeInFile,
): readonly WrittenPin[] {
  return entries.map(({ entry, index, told }) => ({
    name: entry.name ?? null,
    urls: entry.urls,
    digests: DIGEST_ALGORITHMS.flatMap((declared) => {
      const text = entry[declared];
      return text === undefined ? [] : [{ text, declared }];
    }),
    sizeBytes: entry.size ?? null,
    mediaType: entry.mediaType ?? null,
    trust: entry.trust,
    allowance: entry.allow ?? null,
    told,
    place: placeOfEntry(document, entry, index),
  }));
}

/** Where an entry of a document is said to stand. */
export type PlaceOfEntry = (document: NamedDocument, entry: PinEntry, index: number) => Provenance;

/** Where an entry stands in its file, unless it says itself where it is from. */
export function placeInFile(document: NamedDocument, entry: PinEntry, index: number): Provenance {
  const path: JsonPath = ["pins", index];
  const algorithm = firstAlgorithm(entry);
  return elsewhere(entry) ?? placeOf(document, path, algorithm === undefined ? path : [...path, algorithm]);
}

/** The place that an entry says it is from, or null. */
export function elsewhere({ pinnedAt }: PinEntry): Provenance | null {
  return pinnedAt === undefined ? null : { path: pinnedAt.path, pointer: null, line: pinnedAt.line ?? null };
}

function firstAlgorithm(entry: PinEntry): DigestAlgorithm | undefined {
  return DIGEST_ALGORITHMS.find((algorithm) => entry[algorithm] !== undefined);
}

/** Names that stand twice in one file for different things: a name must say which pin is meant. */
export function findNamesTwice(pins: readonly WrittenPin[]): readonly PinProblem[] {
  const named = new Map<string, WrittenPin[]>();
  for (const pin of pins) {
    if (pin.name === null) continue;
    named.set(pin.name, [...(named.get(pin.name) ?? []), pin]);
  }
  return Array.from(named)
    .filter(([, group]) => new Set(group.map(contentOf)).size > 1)
    .map(([name, group]) => ({
      reason: "pin-name-twice",
      name,
      places: group.map(({ place }) => place),
    }));
}

function contentOf({ urls, digests }: WrittenPin): string {
  return JSON.stringify([urls, digests]);
}
