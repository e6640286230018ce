import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sharedData } from "../../../core/test/shared-data.ts";
import type { PinSet } from "../../src/sources/read-pins.ts";
import { makeFolder, type Folder } from "../fixtures/folder.ts";

const lima = sharedData("vendors/lima");
const osbuild = sharedData("osbuild");

let folder: Folder;
beforeAll(async () => {
  folder = await makeFolder();
});
afterAll(() => folder.remove());

/** Reads documents of the field by configuration alone. */
async function readReal(name: string, data: URL, source: object): Promise<PinSet> {
  symlinkSync(fileURLToPath(data), join(folder.root, name));
  await folder.write(`${name}.pins.json`, { sources: [source] });
  return folder.read(`${name}.pins.json`);
}

function countBy<T>(list: readonly T[], keyOf: (one: T) => string, valueOf: (one: T) => number = () => 1) {
  const counts: Record<string, number> = {};
  for (const one of list) counts[keyOf(one)] = (counts[keyOf(one)] ?? 0) + valueOf(one);
  return counts;
}

describe.skipIf(lima === undefined)("lima's templates", () => {
  it("give their pins by pattern; what cannot be pinned is told", async () => {
    const set = await readReal("lima", lima as URL, {
      kind: "documents",
      include: ["lima/*.yaml"],
      pattern: { at: "/images/*", url: "/location", digest: "/digest", undigested: "report" },
    });
    expect({ documents: set.documents.length, pins: set.pins.length, places: set.places }).toEqual({
      documents: 22,
      pins: 57,
      places: 59,
    });
    const { digests, provenance } = set.pins.find(({ name }) => name.startsWith("Arch-Linux-aarch64")) ?? {};
    expect(digests?.map(({ algorithm }) => algorithm)).toEqual(["sha512"]);
    expect(provenance).toEqual([{ path: "lima/archlinux.yaml", pointer: "/images/1", line: 9 }]);
    expect(
      countBy(
        set.unverified,
        ({ what }) => what,
        ({ count }) => count,
      ),
    ).toEqual({
      "entries without a digest": 48,
    });
    // Templates that only refer to another one, and FreeBSD's archive, which is asked by http.
    expect(countBy(set.problems, ({ reason }) => reason)).toEqual({
      "pins-pattern-empty": 5,
      "pin-url-invalid": 2,
    });
  });
});

describe.skipIf(osbuild === undefined)("osbuild's manifests", () => {
  it("give what their sources pin, once for all of them, without a conflict", async () => {
    const set = await readReal("osbuild", osbuild as URL, {
      kind: "osbuild",
      include: ["osbuild/*__*.json"],
      unverified: ["org.osbuild.skopeo", "org.osbuild.skopeo-index", "org.osbuild.containers-storage"],
    });
    const { documents, pins, places, inline } = set;
    expect({ documents: documents.length, pins: pins.length, places }).toEqual({
      documents: 85,
      pins: 1831,
      places: 49_075,
    });
    expect(countBy(inline, (verdict) => verdict.class)).toEqual({ ok: 10 });
    expect(
      countBy(
        set.unverified,
        ({ what }) => what,
        ({ count }) => count,
      ),
    ).toEqual({
      "org.osbuild.skopeo": 2,
      "org.osbuild.skopeo-index": 1,
      "org.osbuild.containers-storage": 1,
    });
    expect(set.problems).toEqual([]);
  });

  it("are refused where their sources cannot be verified and nobody said so", async () => {
    await folder.write("strict.pins.json", {
      sources: [{ kind: "osbuild", include: ["osbuild/*__skopeo__a.json"] }],
    });
    const { problems } = await folder.read("strict.pins.json");
    expect(problems).toMatchObject([
      { reason: "pins-source-unsupported", type: "org.osbuild.skopeo", because: "no-file" },
      { reason: "pins-source-unsupported", type: "org.osbuild.skopeo-index", because: "no-file" },
    ]);
  });
});
