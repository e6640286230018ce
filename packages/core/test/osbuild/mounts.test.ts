import { describe, expect, it } from "vitest";
import { sha256 } from "../../src/digest/sha256.ts";
import { stageFailure, stageId, type Draft } from "./load.ts";

const devices = { disk: { type: "loop" } };
const disk = `"${sha256('"loop"{}')}"`;

describe("a mount's id", () => {
  it.each<[what: string, mount: Draft, pieces: string[]]>([
    ["is of its type and options", { options: { b: 1, a: 2 } }, ['{"a": 2, "b": 1}']],
    ["has {} for missing options", {}, ["{}"]],
    ["has options that are false as they stand", { options: null }, ["null"]],
    ["has an empty list as it stands", { options: [] }, ["[]"]],
    [
      "has its device, partition and target in this order",
      { target: "/é", partition: 2, source: "disk" },
      [disk, "2", '"/\\u00e9"', "{}"],
    ],
    ["has no partition 0", { source: "disk", partition: 0 }, [disk, "{}"]],
    ["has no empty target", { source: "disk", target: "" }, [disk, "{}"]],
    ["has no source that is empty", { source: "" }, ["{}"]],
    ["has nothing for what is null", { source: null, partition: null, target: null }, ["{}"]],
    ["has any partition as Python prints it", { partition: 1e16 }, ["10000000000000000", "{}"]],
  ])("%s", (_, mount, pieces) => {
    const id = sha256(`"m"${pieces.join("")}`);
    expect(stageId({ devices, mounts: [{ name: "m", type: "m", ...mount }] })).toBe(
      sha256(`"org.osbuild.x"nullnull{}["${id}"]`),
    );
  });
});

describe("mounts that osbuild refuses", () => {
  const path = ["pipelines", 0, "stages", 0, "mounts"];

  it.each<[what: string, mounts: unknown, failure: Draft]>([
    [
      "an unknown device",
      [{ name: "m", type: "m", source: "disc" }],
      { reason: "manifest-unknown-device", path: [...path, 0, "source"], device: "disc" },
    ],
    [
      "a name given twice",
      [
        { name: "m", type: "m" },
        { name: "n", type: "m" },
        { name: "m", type: "n" },
      ],
      { reason: "manifest-duplicate-name", path: [...path, 2, "name"], name: "m" },
    ],
    [
      "no name",
      [{ type: "m" }],
      { reason: "manifest-malformed", path: [...path, 0, "name"], expected: "a string", found: null },
    ],
    [
      "no type",
      [{ name: "m" }],
      { reason: "manifest-malformed", path: [...path, 0, "type"], expected: "a string", found: null },
    ],
    [
      "no object",
      ["m"],
      { reason: "manifest-malformed", path: [...path, 0], expected: "an object", found: "a string" },
    ],
    [
      "an object for the list",
      { m: { type: "m" } },
      { reason: "manifest-malformed", path, expected: "an array", found: "an object" },
    ],
    ["null for the list", null, { reason: "manifest-malformed", path, expected: "an array", found: "null" }],
    [
      "a source that is no text",
      [{ name: "m", type: "m", source: 1 }],
      { reason: "manifest-malformed", path: [...path, 0, "source"], expected: "a string", found: "a number" },
    ],
  ])("%s", (_, mounts, failure) => {
    expect(stageFailure({ type: "x", devices, mounts })).toEqual(failure);
  });
});
