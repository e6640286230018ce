import { describe, expect, it } from "vitest";
import { sha256 } from "../../src/digest/sha256.ts";
import { stageFailure, stageId, type Draft } from "./load.ts";

/** The id of a stage with a mount of the device "root", by the pieces of that device's id. */
function mounted(...pieces: string[]): string {
  return sha256(`"org.osbuild.x"nullnull{}["${sha256(`"m""${sha256(pieces.join(""))}"{}`)}"]`);
}

const mounts = [{ name: "m", type: "m", source: "root" }];

describe("a device's id", () => {
  const disk = sha256('"loop"{"filename": "disk.img"}');
  const diskDevice = { type: "loop", options: { filename: "disk.img" } };

  it.each<[what: string, devices: Draft, pieces: string[]]>([
    [
      "is of its type and options",
      { root: { type: "lv", options: { b: 1, a: 2 } } },
      ['"lv"', '{"a": 2, "b": 1}'],
    ],
    ["has {} for missing options", { root: { type: "lv" } }, ['"lv"', "{}"]],
    ["has {} for options that are false", { root: { type: "lv", options: null } }, ['"lv"', "{}"]],
    [
      "has its parent's id",
      { disk: diskDevice, root: { type: "lv", parent: "disk" } },
      ['"lv"', `"${disk}"`, "{}"],
    ],
    [
      "has that of a parent that stands later",
      { root: { type: "lv", parent: "disk" }, disk: diskDevice },
      ['"lv"', `"${disk}"`, "{}"],
    ],
    [
      "has no parent that is empty or null",
      { root: { type: "lv", parent: "" }, x: { type: "lv", parent: null } },
      ['"lv"', "{}"],
    ],
    [
      "has its ancestors through its parent",
      { root: { type: "lv", parent: "vg" }, vg: { type: "luks", parent: "disk" }, disk: diskDevice },
      ['"lv"', `"${sha256(`"luks""${disk}"{}`)}"`, "{}"],
    ],
  ])("%s", (_, devices, pieces) => {
    expect(stageId({ devices, mounts })).toBe(mounted(...pieces));
  });

  it("counts only through a mount", () => {
    expect(stageId({ devices: { root: { type: "lv", options: { a: 1 } } } })).toBe(stageId({}));
  });
});

describe("devices that osbuild refuses", () => {
  const path = ["pipelines", 0, "stages", 0, "devices"];

  it.each<[what: string, devices: unknown, failure: Draft]>([
    [
      "an unknown parent",
      { a: { type: "d", parent: "b" } },
      { reason: "manifest-unknown-device", path: [...path, "a", "parent"], device: "b" },
    ],
    [
      "a device that is its own parent",
      { a: { type: "d", parent: "a" } },
      { reason: "manifest-device-cycle", path: [...path, "a"] },
    ],
    [
      "two that are each other's",
      { a: { type: "d", parent: "b" }, b: { type: "d", parent: "a" } },
      { reason: "manifest-device-cycle", path: [...path, "a"] },
    ],
    [
      "no type",
      { a: {} },
      { reason: "manifest-malformed", path: [...path, "a", "type"], expected: "a string", found: null },
    ],
    [
      "no object",
      { a: "loop" },
      { reason: "manifest-malformed", path: [...path, "a"], expected: "an object", found: "a string" },
    ],
    ["a list", [], { reason: "manifest-malformed", path, expected: "an object", found: "an array" }],
    [
      "a parent that is no text",
      { a: { type: "d", parent: 1 } },
      {
        reason: "manifest-malformed",
        path: [...path, "a", "parent"],
        expected: "a string",
        found: "a number",
      },
    ],
  ])("%s, even if no mount uses it", (_, devices, failure) => {
    expect(stageFailure({ type: "x", devices })).toEqual(failure);
  });
});
