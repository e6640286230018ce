import { resolve } from "node:path";
import { fail, ok, type Result } from "@imagegate/core";
import type { NamedDocument } from "../documents/place.ts";
import type { PinsFailure } from "../failure.ts";
import { DIGEST_ALGORITHMS } from "../pin/digest.ts";
import type { DigestAlgorithm, Provenance, Trust } from "../pin/pin.ts";
import { nameOfUrl, parsePinUrl, type UrlRules } from "../pin/url.ts";
import { findNamesTwice, placeInFile, writtenPins, type ListedEntry } from "../pins-file/entries.ts";
import { parsePinsFile } from "../pins-file/parse.ts";
import { readFileText } from "../sources/file.ts";

/** A pin of a file as it stands there; its digests may be placeholders. */
export interface UpdatableEntry {
  /** In the file's list. */
  readonly index: number;
  readonly name: string;
  readonly urls: readonly string[];
  /** What it has digests of; sha256 where it has none. */
  readonly algorithms: readonly DigestAlgorithm[];
  readonly digests: Readonly<Partial<Record<DigestAlgorithm, string>>>;
  readonly sizeBytes: number | null;
  readonly trust: Trust;
  readonly place: Provenance;
}

/** A pins file that is to be edited. */
export interface PinsDocument {
  /** Relative to the root, POSIX. */
  readonly path: string;
  readonly absolutePath: string;
  /** Exactly what the file held when it was read. */
  readonly text: string;
  readonly entries: readonly UpdatableEntry[];
}

/** Where a pins file is, and which urls are taken. */
export interface OpenOptions extends UrlRules {
  readonly root: string;
}

/** Reads a pins file to edit it; only pins that stand in it can be. */
export async function openPinsDocument(
  path: string,
  { root, ...rules }: OpenOptions,
): Promise<Result<PinsDocument, readonly PinsFailure[]>> {
  const read = await readFileText(path, "json", root);
  if (!read.ok) return fail([read.failure]);
  const { document, text } = read.value;
  const { pins: listed, problems: malformed } = parsePinsFile(document);
  const pins = listed.filter(({ isWhole }) => isWhole);
  const judged = pins.map((one) => openEntry(one, document, rules));
  const problems = [
    ...malformed,
    ...judged.flatMap((entry) => (entry.ok ? [] : entry.failure)),
    ...findNamesTwice(writtenPins(pins, document)),
  ];
  if (problems.length > 0) return fail(problems);
  if (pins.length === 0) return fail([{ reason: "pins-none", files: [document.path] }]);
  const entries = judged.flatMap((entry) => (entry.ok ? [entry.value] : []));
  return ok({ path: document.path, absolutePath: resolve(root, path), text, entries });
}

function openEntry(
  { entry, index }: ListedEntry,
  document: NamedDocument,
  rules: UrlRules,
): Result<UpdatableEntry, readonly PinsFailure[]> {
  const place = placeInFile(document, entry, index);
  const urls = entry.urls.map((url) => parsePinUrl(url, rules));
  const problems = urls.flatMap((url): readonly PinsFailure[] =>
    url.ok ? [] : [{ reason: "pin-url-invalid", place, ...url.failure }],
  );
  if (problems.length > 0) return fail(problems);
  const hrefs = urls.flatMap((url) => (url.ok ? [url.value] : []));
  const given = DIGEST_ALGORITHMS.filter((algorithm) => entry[algorithm] !== undefined);
  return ok({
    index,
    name: entry.name ?? nameOfUrl(hrefs[0] as string),
    urls: [...new Set(hrefs)],
    algorithms: given.length === 0 ? ["sha256"] : given,
    digests: Object.fromEntries(given.map((algorithm) => [algorithm, entry[algorithm]])),
    sizeBytes: entry.size ?? null,
    trust: entry.trust,
    place,
  });
}

/** The entries of the given names, in the file's order; null is all of them. */
export function selectEntries(
  { path, entries }: PinsDocument,
  names: readonly string[] | null,
): Result<readonly UpdatableEntry[], PinsFailure> {
  const known = entries.map(({ name }) => name);
  const unknown = (names ?? []).filter((name) => !known.includes(name));
  if (unknown.length > 0) return fail({ reason: "pin-unknown", path, names: unknown, known });
  return ok(names === null ? entries : entries.filter(({ name }) => names.includes(name)));
}
