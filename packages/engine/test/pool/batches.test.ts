import { truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { OfferedManifest } from "../../src/generators/manifest-set.ts";
import { batchManifests } from "../../src/pool/batches.ts";
import type { ModuleSource } from "../../src/pool/task.ts";
import { temporaryFolder } from "../workspace.ts";

const MIB = 1024 * 1024;

/** A file of each size. */
function offer(sizes: readonly number[]): readonly OfferedManifest[] {
  const folder = temporaryFolder();
  return sizes.map((size, index) => {
    const path = join(folder, `${index}.json`);
    writeFileSync(path, "");
    truncateSync(path, size);
    return { name: String(index), source: { kind: "file", path } };
  });
}

const module: ModuleSource = {
  kind: "module",
  entry: "/images.ts",
  root: "/",
  folder: "/",
  packages: [],
  files: [],
  env: {},
};

describe("batchManifests", () => {
  it("leaves none out, keeps their order, and has work for all threads", () => {
    const files = offer(Array.from({ length: 60 }, (_, n) => n));
    fc.assert(
      fc.property(fc.nat({ max: 60 }), fc.integer({ min: 1, max: 16 }), (count, threads) => {
        const manifests = files.slice(0, count);
        const batches = [...batchManifests(manifests, threads)];
        expect(batches.flat()).toEqual(manifests);
        expect(batches.length).toBeGreaterThanOrEqual(Math.min(count, threads));
      }),
    );
  });

  it("bounds a batch by its bytes; what is larger, or cannot be looked at, is alone", () => {
    const small = offer(Array.from({ length: 100 }, () => MIB / 2));
    const [large] = offer([5 * MIB]);
    const missing: OfferedManifest = { name: "missing", source: { kind: "file", path: "/missing/file" } };
    const offered = [...small.slice(0, 9), large as OfferedManifest, missing, ...small.slice(9)];
    const sizes = [...batchManifests(offered, 1)].map((batch) => batch.length);
    expect(sizes.slice(0, 5)).toEqual([8, 1, 1, 1, 8]);
  });

  it("gives each image of a module a task of its own", () => {
    const images = ["a", "b", "c"].map((name): OfferedManifest => ({ name, source: module }));
    expect([...batchManifests(images, 2)].map((batch) => batch.length)).toEqual([1, 1, 1]);
  });
});
