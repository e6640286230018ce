import { describe, expect, it } from "vitest";
import { findLeftBehind } from "../../src/update/left-behind.ts";
import type { FieldChange } from "../../src/update/pin-update.ts";
import type { UpdatableEntry } from "../../src/update/pins-document.ts";
import { placeAt } from "../fixtures/pins.ts";

const HEX = { old: "a".repeat(64), new: "b".repeat(64) };
const DIGEST: FieldChange = { field: "sha256", from: HEX.old, to: HEX.new };

function entry(index: number, name: string, over: Partial<UpdatableEntry> = {}): UpdatableEntry {
  return {
    index,
    name,
    urls: ["https://h.org/a"],
    algorithms: ["sha256"],
    digests: { sha256: HEX.old },
    sizeBytes: null,
    trust: "tls",
    place: placeAt(index),
    ...over,
  };
}

function leftBehind(kept: Partial<UpdatableEntry>, changes: readonly FieldChange[] = [DIGEST]) {
  const [n, m] = [entry(0, "n", kept), entry(1, "m", { urls: ["https://m.org/a", "https://h.org/a"] })];
  return findLeftBehind({ path: "a.pins.json", entries: [n, m] }, [{ entry: m, changes, evidence: [] }]);
}

describe("a pin that is not updated", () => {
  it.each<[string, Partial<UpdatableEntry>, readonly FieldChange[]]>([
    ["the old digest", {}, [DIGEST]],
    [
      "the old digest in another spelling",
      { digests: { sha256: `SHA256:${HEX.old.toUpperCase()}` } },
      [DIGEST],
    ],
    ["the old size", { digests: {}, sizeBytes: 5 }, [{ field: "size", from: 5, to: 9 }]],
  ])("is left behind with %s of the same url, and both are named", (_, kept, changes) => {
    expect(leftBehind(kept, changes)).toEqual({
      reason: "pin-left-behind",
      path: "a.pins.json",
      pins: [{ name: "n", place: placeAt(0), url: "https://h.org/a" }],
      names: ["n", "m"],
    });
  });

  it.each<[string, Partial<UpdatableEntry>, readonly FieldChange[]]>([
    ["another url", { urls: ["https://h.org/b"] }, [DIGEST]],
    ["the new digest", { digests: { sha256: HEX.new } }, [DIGEST]],
    ["a placeholder", { digests: { sha256: "" } }, [DIGEST]],
    ["a digest of another algorithm", { digests: { sha1: "c".repeat(40) } }, [DIGEST]],
    ["the same of a pin that does not change", {}, []],
    ["another trust", {}, [{ field: "trust", from: "signed", to: "tls" }]],
  ])("is not left behind with %s", (_, kept, changes) => {
    expect(leftBehind(kept, changes)).toBeNull();
  });
});
