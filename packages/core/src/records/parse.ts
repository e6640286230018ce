import { isSha256 } from "../digest/sha256.ts";
import type { Sha256 } from "../digest/sha256.ts";
import { fail, ok, type Result } from "../result.ts";
import type { RecordFailure, RecordLineReason } from "./failure.ts";
import { parsePipelineName } from "./pipeline-name.ts";
import type {
  DigestRecord,
  DigestRecordKind,
  LinesRecord,
  ManifestRecord,
  PipelineIdsRecord,
  RecordedPipeline,
  RecordKind,
} from "./record.ts";
import { readRecordLines, type RecordLine } from "./text.ts";

/**
 * Reads a record file of the given kind.
 * Strict: a text is accepted only when `formatRecord` writes exactly that text back.
 */
export function parseRecord(
  content: Uint8Array | string,
  kind: RecordKind,
): Result<ManifestRecord, RecordFailure> {
  const lines = readRecordLines(content);
  if (!lines.ok) return lines;
  switch (kind.form) {
    case "lines":
      return parseLines(lines.value);
    case "digest":
      return parseDigest(lines.value, kind);
    case "pipeline-ids":
      return parsePipelineIds(lines.value);
  }
}

function parseLines(lines: readonly RecordLine[]): Result<LinesRecord, RecordFailure> {
  let manifest: Sha256 | null = null;
  let sources: Sha256 | null = null;
  const pipelines = new Map<string, RecordedPipeline>();
  for (const line of lines) {
    const entry = parseEntry(line);
    if (!entry.ok) return entry;
    const { subject } = entry.value;
    if (subject === "pipeline") {
      const { pipeline } = entry.value;
      if (pipelines.has(pipeline.name)) return refuse(line, "duplicate-line");
      pipelines.set(pipeline.name, pipeline);
    } else if (subject === "sources") {
      if (sources !== null) return refuse(line, "duplicate-line");
      if (pipelines.size > 0) return refuse(line, "out-of-order");
      sources = entry.value.digest;
    } else {
      if (manifest !== null) return refuse(line, "duplicate-line");
      if (sources !== null || pipelines.size > 0) return refuse(line, "out-of-order");
      manifest = entry.value.digest;
    }
  }
  if (manifest === null) return fail({ reason: "missing-manifest-line" });
  return ok({ form: "lines", manifest, sources, pipelines: [...pipelines.values()] });
}

type Entry =
  | { readonly subject: "manifest" | "sources"; readonly digest: Sha256 }
  | { readonly subject: "pipeline"; readonly pipeline: RecordedPipeline };

/** `<digest>  manifest`, `<digest>  sources` or `<digest or ->  pipeline <name>`. */
function parseEntry(line: RecordLine): Result<Entry, RecordFailure> {
  const parts = splitAt(line.text, "  ");
  if (!parts) return refuse(line, "unknown-line");
  const [value, subject] = parts;
  const digest = value.startsWith("sha256:") ? asSha256(value.slice("sha256:".length)) : null;
  if (subject === "manifest" || subject === "sources") {
    return digest === null ? refuse(line, "bad-digest") : ok({ subject, digest });
  }
  if (!subject.startsWith("pipeline ")) return refuse(line, "unknown-line");
  if (digest === null && value !== "-") return refuse(line, "bad-digest");
  const name = parsePipelineName(subject.slice("pipeline ".length));
  if (name === null) return refuse(line, "bad-pipeline-name");
  return ok({ subject: "pipeline", pipeline: { name, id: digest } });
}

function parseDigest(
  lines: readonly RecordLine[],
  kind: DigestRecordKind,
): Result<DigestRecord, RecordFailure> {
  const [first, second] = lines;
  if (!first) return fail({ reason: "empty" });
  const { algorithm } = kind;
  const width = algorithm === "sha256" ? 64 : 40;
  if (first.text.length !== width || !/^[0-9a-f]+$/.test(first.text)) return refuse(first, "bad-digest");
  if (second) return refuse(second, second.text === first.text ? "duplicate-line" : "unknown-line");
  return ok({ form: "digest", algorithm, digest: first.text });
}

function parsePipelineIds(lines: readonly RecordLine[]): Result<PipelineIdsRecord, RecordFailure> {
  const pipelines: RecordedPipeline[] = [];
  const names = new Set<string>();
  for (const line of lines) {
    const pipeline = parsePipelineId(line);
    if (!pipeline.ok) return pipeline;
    if (names.has(pipeline.value.name)) return refuse(line, "duplicate-line");
    names.add(pipeline.value.name);
    pipelines.push(pipeline.value);
  }
  const [first, ...rest] = pipelines;
  return first ? ok({ form: "pipeline-ids", pipelines: [first, ...rest] }) : fail({ reason: "empty" });
}

/** `<id or ->: <name>`. */
function parsePipelineId(line: RecordLine): Result<RecordedPipeline, RecordFailure> {
  const parts = splitAt(line.text, ": ");
  if (!parts) return refuse(line, "unknown-line");
  const id = asSha256(parts[0]);
  if (id === null && parts[0] !== "-") return refuse(line, "bad-digest");
  const name = parsePipelineName(parts[1]);
  return name === null ? refuse(line, "bad-pipeline-name") : ok({ name, id });
}

function asSha256(text: string): Sha256 | null {
  return isSha256(text) ? text : null;
}

function splitAt(text: string, separator: string): readonly [string, string] | null {
  const at = text.indexOf(separator);
  return at < 0 ? null : [text.slice(0, at), text.slice(at + separator.length)];
}

function refuse({ line, text }: RecordLine, reason: RecordLineReason): Result<never, RecordFailure> {
  return fail({ reason, line, text });
}
