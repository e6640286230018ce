import { expect, test } from "vitest";
import { matchDigests, planJobs, targetsOf } from "../../src/verify/plan.ts";
import { digestOf, pinOf } from "../fixtures/artifact.ts";

const BYTES = Buffer.from("bytes");
const sha256 = digestOf(BYTES);
const sha512 = digestOf(BYTES, "sha512");

test("jobs stand in the order of their first target", () => {
  const pins = ["b", "a", "b", "c"].map((name) => pinOf(`https://example.org/${name}`, BYTES));
  const jobs = planJobs(targetsOf(pins));
  expect(jobs.map(({ url, targets }) => [url, targets.length])).toEqual([
    ["https://example.org/b", 2],
    ["https://example.org/a", 1],
    ["https://example.org/c", 1],
  ]);
});

test("a url is the same in each of its spellings", () => {
  const urls = ["https://EXAMPLE.org:443/a", "https://example.org/a", "https://example.org/x/../a#here"];
  expect(planJobs(urls.map((url) => ({ url, pin: pinOf(url, BYTES) })))).toHaveLength(1);
});

test("sizes are known where a pin says one, which holds for all of that digest", () => {
  const pin = pinOf("https://example.org/a", BYTES, { sizeBytes: 5 });
  const sizes = (...sized: readonly (number | null)[]) =>
    planJobs(targetsOf(sized.map((sizeBytes) => ({ ...pin, sizeBytes }))))[0]?.sizes;
  expect([sizes(5, 6), sizes(5, null), sizes(null)]).toEqual([[5, 6], [5, 5], null]);
});

test("digests match when all that are pinned are there", () => {
  expect(matchDigests([sha256], [sha256])).toBe(true);
  expect(matchDigests([sha256, sha512], [sha512, sha256])).toBe(true);
  expect(matchDigests([sha256, sha512], [sha256])).toBe(false);
  expect(matchDigests([sha256], [{ ...sha256, hex: "0".repeat(64) }])).toBe(false);
  expect(matchDigests([{ algorithm: "sha256", hex: "" }], [{ algorithm: "sha256", hex: "" }])).toBe(false);
  expect(matchDigests([], [])).toBe(false);
});
