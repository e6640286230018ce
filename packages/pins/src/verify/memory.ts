import { createHash } from "node:crypto";
import { dirname, join } from "node:path";
import { makeFolder, pinVerdictFolder, readFileBounded, writeFileAtomic } from "@imagegate/host";
import * as z from "zod";
import { strongEtagOf } from "../http/answer.ts";
import type { Transfer } from "../http/transfer.ts";
import { digestKey, type Job } from "./plan.ts";

/** A full hash that was made once, in the log of verdicts. */
export interface Remembered {
  readonly etag: string;
  /** Who gave the ETag; nobody else is asked by it. */
  readonly origin: string;
  readonly sizeBytes: number;
  readonly hashedAtMs: number;
}

/** The log of verdicts: it saves downloads, and what it says is believed of nothing that the server does not confirm. */
export interface MemoryOptions {
  /** The folder of the user's cache. */
  readonly root: string;
  /** An older hash is made again. */
  readonly maxAgeMs: number;
}

const FORMAT = "imagegate-pin-verdict 2";
const MAX_ENTRY_BYTES = 64 * 1024;

const content = z.strictObject({
  url: z.string(),
  digests: z.string(),
  etag: z.string(),
  origin: z.string(),
  sizeBytes: z.int().nonnegative(),
  hashedAtMs: z.int().nonnegative(),
});
/** A seal over the content: a byte that flipped could make an old hash a young one. */
const entry = z.strictObject({ format: z.literal(FORMAT), seal: z.string(), content });

type Content = z.infer<typeof content>;

/** An earlier full hash of a job that is young enough; null for anything that is not exactly that. */
export async function recall(job: Job, options: MemoryOptions, nowMs: number): Promise<Remembered | null> {
  const read = await readFileBounded(entryPath(options.root, job), MAX_ENTRY_BYTES);
  if (!read.ok) return null;
  const parsed = parseEntry(Buffer.from(read.value).toString("utf8"));
  if (parsed === null || parsed.url !== job.url || parsed.digests !== digestKey(job.digests)) return null;
  const ageMs = nowMs - parsed.hashedAtMs;
  const isYoung = ageMs >= 0 && ageMs <= options.maxAgeMs;
  return isYoung && strongEtagOf(parsed.etag) !== null ? parsed : null;
}

/** Logs that a job's bytes were hashed and found right; without a strong ETag, or without room, nothing is logged. */
export async function remember(
  job: Job,
  options: MemoryOptions,
  seen: Transfer,
  nowMs: number,
): Promise<void> {
  const etag = strongEtagOf(seen.head?.headers["etag"]);
  if (etag === null) return;
  const path = entryPath(options.root, job);
  const content: Content = {
    url: job.url,
    digests: digestKey(job.digests),
    etag,
    origin: seen.url.origin,
    sizeBytes: seen.body.receivedBytes,
    hashedAtMs: nowMs,
  };
  // Losing an entry costs a download, never a verdict.
  await makeFolder(dirname(path), 0o700).catch(() => undefined);
  await writeFileAtomic(path, formatEntry(content), { mode: 0o600 });
}

function formatEntry(content: Content): string {
  return `${JSON.stringify({ format: FORMAT, seal: sealOf(content), content })}\n`;
}

/** The content of exactly what `formatEntry` writes. */
function parseEntry(text: string): Content | null {
  try {
    const { data } = entry.safeParse(JSON.parse(text));
    return data !== undefined && formatEntry(data.content) === text ? data.content : null;
  } catch {
    return null;
  }
}

function sealOf(content: Content): string {
  return createHash("sha256").update(JSON.stringify(content)).digest("hex");
}

function entryPath(root: string, { url, digests }: Job): string {
  const key = createHash("sha256")
    .update(`${url}\n${digestKey(digests)}`)
    .digest("hex");
  return join(pinVerdictFolder(root), key.slice(0, 2), `${key}.json`);
}
