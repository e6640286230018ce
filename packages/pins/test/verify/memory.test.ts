import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Transfer } from "../../src/http/transfer.ts";
import { recall, remember } from "../../src/verify/memory.ts";
import { planJobs, targetsOf, type Job } from "../../src/verify/plan.ts";
import { soundPin } from "../fixtures/pins.ts";

const HASHED_AT_MS = Date.UTC(2026, 0, 15);
const DAY_MS = 86_400_000;
const [job] = planJobs(targetsOf([soundPin()])) as [Job];
const seen = {
  head: { status: 200, headers: { etag: '"one"' } },
  url: new URL("https://example.org/a.img"),
  body: { receivedBytes: 5 },
} as unknown as Transfer;

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "imagegate-memory-"));
});
afterEach(() => rmSync(root, { recursive: true }));

async function logOnce(): Promise<string> {
  await remember(job, { root, maxAgeMs: DAY_MS }, seen, HASHED_AT_MS);
  const [file] = readdirSync(root, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  if (file === undefined) throw new Error("nothing was logged");
  return join(file.parentPath, file.name);
}

const recallAt = (nowMs: number) => recall(job, { root, maxAgeMs: DAY_MS }, nowMs);

test("an entry is what was logged", async () => {
  await logOnce();
  expect(await recallAt(HASHED_AT_MS + DAY_MS)).toMatchObject({
    etag: '"one"',
    origin: "https://example.org",
    sizeBytes: 5,
    hashedAtMs: HASHED_AT_MS,
  });
  expect(await recallAt(HASHED_AT_MS + DAY_MS + 1)).toBeNull();
});

test("an entry of which any byte is another one is none", async () => {
  const path = await logOnce();
  const whole = readFileSync(path);
  await fc.assert(
    fc.asyncProperty(
      fc.nat({ max: whole.length - 1 }),
      fc.integer({ min: 1, max: 255 }),
      async (at, flip) => {
        const damaged = Buffer.from(whole);
        damaged.writeUInt8(damaged.readUInt8(at) ^ flip, at);
        writeFileSync(path, damaged);
        expect(await recallAt(HASHED_AT_MS)).toBeNull();
      },
    ),
    { numRuns: 300 },
  );
});

test("an entry that says a later day makes no old hash young", async () => {
  const path = await logOnce();
  const later = readFileSync(path, "utf8").replace(String(HASHED_AT_MS), String(HASHED_AT_MS + 30 * DAY_MS));
  writeFileSync(path, later);
  expect(await recallAt(HASHED_AT_MS + 30 * DAY_MS)).toBeNull();
});
