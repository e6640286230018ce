import type { ReleaseAssets } from "@imagegate/forge";
import { knownFinding, type Finding } from "./finding.ts";
import { matchDigests, type Job } from "./plan.ts";

/**
 * What a forge attests of a job; null, and then the bytes decide, where it says nothing, something else than was pinned,
 * or not all of what was pinned.
 */
export async function attestedFinding(job: Job, assets: ReleaseAssets): Promise<Finding | null> {
  const found = await assets.findDigest(job.url);
  if (!found.ok || found.value === null) return null;
  const { sha256, sizeBytes } = found.value;
  const isPinned = matchDigests(job.digests, [{ algorithm: "sha256", hex: sha256 }]);
  const isSized = job.targets.every(({ pin }) => pin.sizeBytes === null || pin.sizeBytes === sizeBytes);
  return isPinned && isSized ? knownFinding(job, "attested", { sizeBytes, attempts: 1 }) : null;
}
