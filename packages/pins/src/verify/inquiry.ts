import type { Result } from "@imagegate/core";
import type { ReleaseAssets } from "@imagegate/forge";
import {
  createArtifact,
  type ArtifactWriter,
  type StoredArtifact,
  type StoreWriteFailure,
} from "@imagegate/host";
import { transfer } from "../http/attempts.ts";
import type { Transfer } from "../http/transfer.ts";
import { attestedFinding } from "./attested.ts";
import { isPinned, knownFinding, refusedFinding, transferFinding, type Finding } from "./finding.ts";
import { recall, remember, type MemoryOptions, type Remembered } from "./memory.ts";
import { matchDigests, type Job } from "./plan.ts";
import type { Run } from "./run.ts";

/** Ways to find out about a job other than reading all of its bytes, and what is done with them once read. */
export interface FindingOptions {
  /** Believes a forge's digest of its assets. */
  readonly attest?: ReleaseAssets;
  /** Believes an earlier full hash when the server says that nothing has changed since. */
  readonly memory?: MemoryOptions;
  /** Keeps the bytes that were pinned; everything is then loaded. */
  readonly keep?: KeepOptions;
}

/** Where bytes are kept, and who hears of it. */
export interface KeepOptions {
  /** The folder of a store. */
  readonly root: string;
  /** Called for each url whose bytes are what was pinned; that they could not be kept changes no verdict. */
  readonly onKept: (url: string, kept: Result<StoredArtifact, StoreWriteFailure>) => void;
}

/** Finds out about a job in the cheapest way that was asked for and that decides it; the last is to read every byte. */
export async function findOut(job: Job, options: FindingOptions, run: Run): Promise<Finding> {
  if (!URL.canParse(job.url)) return refusedFinding("not-a-url");
  if (options.keep !== undefined) return keepWhole(job, options.keep, run);
  if (options.attest !== undefined && !run.signal.aborted) {
    const attested = await attestedFinding(job, options.attest);
    if (attested !== null) return attested;
  }
  return options.memory === undefined
    ? transferFinding(job, await load(job, run, {}))
    : refreshMemory(job, options.memory, run);
}

async function refreshMemory(job: Job, memory: MemoryOptions, run: Run): Promise<Finding> {
  const known = await recall(job, memory, run.pacing.now());
  const loaded = await load(job, run, { known });
  if (loaded.end.kind === "unchanged" && known !== null) {
    const { sizeBytes } = known;
    return knownFinding(job, "remembered", {
      sizeBytes,
      attempts: loaded.requests,
      evidence: { status: 304, isProxied: loaded.isProxied },
    });
  }
  if (isPinned(job, loaded)) await remember(job, memory, loaded, run.pacing.now());
  return transferFinding(job, loaded);
}

async function keepWhole(job: Job, { root, onKept }: KeepOptions, run: Run): Promise<Finding> {
  const writer = createArtifact(root);
  try {
    const loaded = await load(job, run, { writer });
    if (isPinned(job, loaded)) onKept(job.url, writer.commit());
    return transferFinding(job, loaded);
  } finally {
    writer.discard();
  }
}

function load(
  { url, digests, sizes }: Job,
  run: Run,
  { known = null, writer = null }: { known?: Remembered | null; writer?: ArtifactWriter | null },
): Promise<Transfer> {
  const request = {
    url: new URL(url),
    algorithms: digests.map(({ algorithm }) => algorithm),
    sizes,
    maxBytes: run.limits.maxBytes,
    keeper: writer,
    matches: matchDigests.bind(null, digests),
    known,
  };
  return transfer(request, run);
}
