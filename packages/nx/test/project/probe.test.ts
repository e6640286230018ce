import { expect, test } from "vitest";
import { decodeProbe } from "../../src/project/probe-word.ts";
import { encodeProbe } from "../../src/project/probe.ts";

const PROBE = { argv: ["a b", `"'$(x)`, "ü", "%PATH%"], folder: "f", env: { A: "1" } };

test("a probe is one word to every shell, and comes back whole", () => {
  const word = encodeProbe(PROBE);
  expect(word).toMatch(/^[A-Za-z0-9_-]+$/);
  expect(decodeProbe(word)).toEqual(PROBE);
});

test.each(["", "!", encodeProbe({ argv: [], folder: ".", env: {} })])("%j is no probe", (word) => {
  expect(decodeProbe(word)).toBeUndefined();
});
