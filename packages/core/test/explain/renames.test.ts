import { expect, it } from "vitest";
import { defaultProfile } from "../../src/explain/profile.ts";
import { findRenames, sketchManifest } from "../../src/explain/renames.ts";
import { readTape } from "../json/read-tape.ts";
import { manifest, mocked } from "./manifests.ts";

const sketch = (os?: readonly string[]) =>
  sketchManifest(readTape(JSON.stringify(manifest(os ? { os } : {}))));
const find = (removed: readonly string[], added: readonly string[], os?: readonly string[]) =>
  findRenames(
    new Map(removed.map((name) => [name, sketch()])),
    new Map(added.map((name) => [name, sketch(os)])),
    defaultProfile,
  );

it("pairs names that differ in one part, and nearly the same content", () => {
  expect(find(["d-a-t-old"], ["d-a-t-new"], [mocked("other")])).toEqual([
    { before: "d-a-t-old", after: "d-a-t-new" },
  ]);
});

it("pairs each name once, whatever the order", () => {
  const pairs = [
    { before: "d-a-t-old", after: "d-a-t-new" },
    { before: "e-a-t-old", after: "e-a-t-new" },
  ];
  expect(find(["e-a-t-old", "d-a-t-old"], ["d-a-t-new", "e-a-t-new"])).toEqual(pairs);
  expect(find(["d-a-t-old", "e-a-t-old"], ["e-a-t-new", "d-a-t-new"])).toEqual(pairs);
});

it("pairs neither strangers by name nor by content", () => {
  expect(find(["d-a-t-old"], ["e-a-t-new"])).toEqual([]);
  const other = sketchManifest(readTape('{"version":"2","pipelines":[]}'));
  expect(
    findRenames(new Map([["d-a-t-old", sketch()]]), new Map([["d-a-t-new", other]]), defaultProfile),
  ).toEqual([]);
});
