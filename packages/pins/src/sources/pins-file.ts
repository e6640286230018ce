import { posix } from "node:path";
import type { NamedDocument } from "../documents/place.ts";
import { placeOf } from "../documents/place.ts";
import { findNamesTwice, writtenPins } from "../pins-file/entries.ts";
import { parsePinsFile, type ParsedPinsFile } from "../pins-file/parse.ts";
import type { SourceConfig } from "../pins-file/schema.ts";
import { readFileDocument } from "./file.ts";
import { readFiles, type FileSet } from "./matching-files.ts";
import { readManifest } from "./osbuild-manifests.ts";
import { readPatterned } from "./patterned-documents.ts";
import { readProgram } from "./program.ts";
import {
  failedReading,
  joinReadings,
  NOTHING_READ,
  type PinSource,
  type Reading,
  type ReadingContext,
} from "./source.ts";

/** A pins file: its own pins, and those of the sources that it names. */
export function pinsFileSource(path: string): PinSource {
  return {
    async read(context) {
      const document = await readFileDocument(path, "json", context.root);
      return document.ok ? readPinsDocument(document.value, context) : failedReading(document.failure);
    },
  };
}

/** The pins of a pins file that is already read. */
export async function readPinsDocument(document: NamedDocument, context: ReadingContext): Promise<Reading> {
  const parsed = parsePinsFile(document);
  const pins = writtenPins(parsed.pins, document);
  const whole = pins.filter((_, position) => parsed.pins[position]?.isWhole === true);
  const problems = [...parsed.problems, ...findNamesTwice(whole)];
  const own = { ...NOTHING_READ, documents: [document.path], pins, problems };
  const readings: Reading[] = [own];
  for (const { source } of configuredSources(parsed, document)) {
    readings.push(await source.read(context));
  }
  return joinReadings(readings);
}

/** A source that a pins file names, and the files that it reads; null for a program. */
export interface ConfiguredSource {
  readonly source: PinSource;
  readonly files: FileSet | null;
  /** Reads one file as the source would. */
  readFile(path: string, context: ReadingContext): Promise<Reading>;
}

/** The sources of a pins file, in its order. */
export function configuredSources(
  { sources }: Pick<ParsedPinsFile, "sources">,
  document: NamedDocument,
): readonly ConfiguredSource[] {
  return sources.map(({ config, index }) => configuredSource(config, document, index));
}

function configuredSource(config: SourceConfig, document: NamedDocument, index: number): ConfiguredSource {
  const place = placeOf(document, ["sources", index]);
  const folder = posix.dirname(document.path);
  if (config.kind === "program") {
    const source: PinSource = { read: (context) => readProgram({ config, folder, place }, context) };
    return { source, files: null, readFile: async () => NOTHING_READ };
  }
  const files: FileSet = { include: config.include, exclude: config.exclude, folder, place };
  const readFile = (path: string, context: ReadingContext): Promise<Reading> =>
    config.kind === "osbuild"
      ? readManifest(path, config.unverified, context)
      : readPatterned(path, config, context);
  return { source: { read: (context) => readFiles(files, context, readFile) }, files, readFile };
}
