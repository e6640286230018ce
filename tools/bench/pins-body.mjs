import { createHash } from "node:crypto";

const BLOCK = Buffer.alloc(256 * 1024, "imagegate bench ");

/** The chunks of a body of so many bytes; bodies of two seeds differ. */
export function* bodyChunks(sizeBytes, seed) {
  const start = Buffer.from(`${seed}\n`).subarray(0, sizeBytes);
  yield start;
  for (let left = sizeBytes - start.length; left > 0; left -= BLOCK.length)
    yield BLOCK.subarray(0, Math.min(left, BLOCK.length));
}

/** What a body hashes to. */
export function bodyDigest(sizeBytes, seed) {
  const hash = createHash("sha256");
  for (const chunk of bodyChunks(sizeBytes, seed)) hash.update(chunk);
  return hash.digest("hex");
}
