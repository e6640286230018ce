import { describeFound, valueAt } from "../documents/found.ts";
import { membersOf, placeOf, type NamedDocument } from "../documents/place.ts";
import type { PinsFailure, UnsupportedReason } from "../failure.ts";
import { failedReading, joinReadings, NOTHING_READ, type Reading } from "../sources/source.ts";
import { readCurlSource } from "./curl.ts";
import { readInlineSource } from "./inline.ts";
import { readLibrepoSource } from "./librepo.ts";
import type { SourceSection } from "./section.ts";

const READERS: ReadonlyMap<string, (section: SourceSection) => Reading> = new Map([
  ["org.osbuild.curl", readCurlSource],
  ["org.osbuild.librepo", readLibrepoSource],
  ["org.osbuild.inline", readInlineSource],
]);

/** Sources that fetch no files: what they pin is the digest of a commit, of an image or of its description. */
const WITHOUT_FILES: ReadonlySet<string> = new Set([
  "org.osbuild.ostree",
  "org.osbuild.skopeo",
  "org.osbuild.skopeo-index",
  "org.osbuild.containers-storage",
]);

/**
 * The pins of an osbuild manifest: every item of its sources (osbuild/sources/*.meta.json). Types that cannot be
 * verified by url and digest are refused, unless they are listed as left unverified: then they are counted.
 */
export function readManifestSources(document: NamedDocument, unverified: readonly string[]): Reading {
  const manifest = membersOf(document.value);
  if (manifest === null)
    return failedReading(shapeProblem(document, [], "an osbuild manifest, which is an object"));
  if (!manifest.has("sources")) return NOTHING_READ;
  const sources = membersOf(manifest.get("sources"));
  if (sources === null) return failedReading(shapeProblem(document, ["sources"], "an object"));
  return joinReadings(Array.from(sources, ([type, value]) => readSource(document, type, value, unverified)));
}

function readSource(
  document: NamedDocument,
  type: string,
  value: unknown,
  unverified: readonly string[],
): Reading {
  const path = ["sources", type];
  const source = membersOf(value);
  if (source === null) return failedReading(shapeProblem(document, path, "an object"));
  // Older manifests call the items of a source its urls.
  const key = source.has("items") || !source.has("urls") ? "items" : "urls";
  const items = membersOf(source.get(key));
  if (items === null) return failedReading(shapeProblem(document, [...path, key], "an object of items"));
  const section: SourceSection = { document, source, items, path: [...path, key] };
  if (unverified.includes(type)) return leaveUnverified(type, section);
  const reader = READERS.get(type);
  if (reader !== undefined) return reader(section);
  const because: UnsupportedReason = WITHOUT_FILES.has(type) ? "no-file" : "unknown";
  return items.size === 0 ? NOTHING_READ : failedReading(unsupported(document, type, because));
}

function leaveUnverified(what: string, { document, items }: SourceSection): Reading {
  if (items.size === 0) return NOTHING_READ;
  const place = placeOf(document, ["sources", what]);
  return { ...NOTHING_READ, unverified: [{ what, count: items.size, place }] };
}

function unsupported(document: NamedDocument, type: string, because: UnsupportedReason): PinsFailure {
  return {
    reason: "pins-source-unsupported",
    place: placeOf(document, ["sources", type]),
    type,
    because,
  };
}

function shapeProblem(document: NamedDocument, path: readonly string[], expected: string): PinsFailure {
  const found = describeFound(valueAt(document.value, path));
  return { reason: "pins-document-shape", place: placeOf(document, path), expected, found };
}
