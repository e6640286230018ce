import { resolve } from "node:path";
import type { PinsFailure } from "../failure.ts";
import { gatherPins } from "../pin/gather.ts";
import type { Pin } from "../pin/pin.ts";
import type { UrlRules } from "../pin/url.ts";
import type { PinVerdict } from "../verify/verdict.ts";
import { findPinsFiles } from "./discovery.ts";
import { manifestFilesSource, type ManifestFiles } from "./manifest-files.ts";
import { mergeInline } from "./merged-inline.ts";
import { findFileOwners, namedFileSource, type FileOwners } from "./named-file.ts";
import { failedReading, joinReadings, type Reading, type ReadingContext, type Unverified } from "./source.ts";

/** All that is pinned in some files, and all that is wrong with it. */
export interface PinSet {
  /** What was read: paths relative to the root, and command lines of programs. */
  readonly documents: readonly string[];
  readonly pins: readonly Pin[];
  /** The verdicts on bytes that stand in documents themselves. */
  readonly inline: readonly PinVerdict[];
  readonly unverified: readonly Unverified[];
  /** How many places pin something. */
  readonly places: number;
  /** Pins with problems are not asked for: as long as there is one, nothing is. */
  readonly problems: readonly PinsFailure[];
}

/** How files are read and their pins judged. */
export interface ReadOptions extends ReadingContext, UrlRules {
  /** Manifests besides the files. */
  readonly manifests?: readonly ManifestFiles[];
}

/**
 * The pins of files, relative to the root or absolute, and of manifests; of neither, those of every pins file below the
 * root.
 * Nothing is asked of anybody, but programs that pins files name are run.
 */
export async function readPins(files: readonly string[], options: ReadOptions): Promise<PinSet> {
  const { root, manifests = [] } = options;
  const found =
    files.length + manifests.length === 0 ? await findPinsFiles(root) : { ok: true as const, value: files };
  if (!found.ok) return judge(failedReading(found.failure), [], options);
  const readings: Reading[] = [];
  // Looked for when the first file needs it, and once for all of them.
  let owners: Promise<FileOwners> | undefined;
  const findOwners = (): Promise<FileOwners> => (owners ??= findFileOwners(root));
  for (const path of new Set(found.value.map((file) => resolve(root, file)))) {
    readings.push(await namedFileSource(path, findOwners).read(options));
  }
  for (const set of manifests) readings.push(await manifestFilesSource(set).read(options));
  return judge(joinReadings(readings), found.value, options);
}

function judge(reading: Reading, files: readonly string[], rules: UrlRules): PinSet {
  const { documents, unverified } = reading;
  const gathered = gatherPins(reading.pins, rules);
  const problems = withoutTwins([...reading.problems, ...gathered.problems]);
  const isNothing = reading.pins.length + reading.inline.length + problems.length === 0;
  return {
    documents,
    pins: gathered.pins,
    inline: mergeInline(reading.inline),
    unverified,
    places: reading.pins.length + reading.inline.length,
    problems: isNothing ? [{ reason: "pins-none", files }] : problems,
  };
}

/** Problems, each once: a document that several sources read has the same ones for each of them. */
function withoutTwins(problems: readonly PinsFailure[]): readonly PinsFailure[] {
  const seen = new Set<string>();
  return problems.filter((problem) => {
    // What came of a program is its own, and may be long.
    if ("outcome" in problem) return true;
    const key = JSON.stringify(problem);
    return !seen.has(key) && seen.add(key).size > 0;
  });
}
