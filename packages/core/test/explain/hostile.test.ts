import { describe, expect, it } from "vitest";
import { sha256 } from "../../src/digest/sha256.ts";
import { readTape } from "../json/read-tape.ts";
import { expectComplete } from "./completeness.ts";
import { describePair, explain } from "./manifests.ts";

/** Far beyond what a busy machine needs, far below what a square of the input would take. */
const timeout = 120_000;

const many = <T>(count: number, item: (index: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, index) => item(index));
const stages = (list: readonly unknown[]): object => ({
  version: "2",
  pipelines: [{ name: "os", stages: list }],
});
const options = (value: unknown): object => stages([{ type: "org.osbuild.x", options: { value } }]);
const base64 = (text: string): string => Buffer.from(text).toString("base64");
const inline = (text: string): object => ({
  ...stages([
    {
      type: "org.osbuild.copy",
      options: { paths: [{ from: `input://f/sha256:${sha256(text)}`, to: "tree:///f" }] },
    },
  ]),
  sources: {
    "org.osbuild.inline": {
      items: { [`sha256:${sha256(text)}`]: { encoding: "base64", data: base64(text) } },
    },
  },
});

describe("whatever a document holds", () => {
  it.each<[string, unknown, unknown]>([
    [
      "10,000 stages",
      stages(many(10_000, (i) => ({ type: "x", options: { i } }))),
      stages(many(10_000, (i) => ({ type: "x", options: { i: i + 1e6 } }))),
    ],
    [
      "10,000 stages in another order",
      stages(many(10_000, (i) => ({ type: `x${i % 7}`, options: { i } }))),
      stages(many(10_000, (i) => ({ type: `x${i % 7}`, options: { i: (i * 7_919) % 10_000 } }))),
    ],
    [
      "a list of 100,000 texts",
      options(many(100_000, (i) => `a${i}`)),
      options(many(100_000, (i) => `b${i}`)),
    ],
    [
      "a list of 100,000 texts in another order",
      options(many(100_000, (i) => `a${i}`)),
      options(many(100_000, (i) => `a${(i * 7_919) % 100_000}`)),
    ],
    [
      "a file of 5 MB",
      inline(many(500_000, (i) => `a${i}`).join("\n")),
      inline(many(500_000, (i) => `b${i}`).join("\n")),
    ],
    ["a file of one line of 5 MB", inline("x".repeat(5e6)), inline("y".repeat(5e6))],
    ["a text of 5 MB", options("x y ".repeat(1e6)), options("x z ".repeat(1e6))],
    ["a text of 2,000,000 words", options("a-".repeat(2e6) + "1000"), options("a-".repeat(2e6) + "2000")],
    [
      "20,000 keys",
      options(Object.fromEntries(many(20_000, (i) => [`a${i}`, 10_000 + i]))),
      options(Object.fromEntries(many(20_000, (i) => [`a${i}`, 20_000 + 3 * i]))),
    ],
  ])("%s is explained in time, and nothing of it is lost", { timeout }, (_, before, after) => {
    const change = describePair(before, after);
    expect(change.items.length).toBeGreaterThan(0);
    expect(JSON.stringify(change).length).toBeLessThan(3_000_000);
    expect(explain({ name: change }).causes.length).toBeGreaterThan(0);
  });

  it.each<[string, string, string]>([
    [
      "keys of every object",
      '{"__proto__":{"a":1},"constructor":2}',
      '{"__proto__":{"a":2},"constructor":[]}',
    ],
    [
      "types and names of every object",
      '{"version":"2","pipelines":[{"name":"__proto__","stages":[{"type":"toString"}]}]}',
      '{"version":"2","pipelines":[{"name":"__proto__","stages":[{"type":"valueOf"}]}]}',
    ],
    [
      "sources that are none",
      '{"version":"2","sources":[]}',
      '{"version":"2","sources":{"k":null,"l":{"items":[],"options":{"mirrors":3}}}}',
    ],
    [
      "items that are none",
      '{"version":"2","sources":{"org.osbuild.inline":{"items":{"sha256:a":{"data":1}}}}}',
      '{"version":"2","sources":{"org.osbuild.inline":{"items":{"sha256:b":null,"__proto__":{"encoding":"base64","data":"!"}}}}}',
    ],
    [
      "stages that are none",
      '{"version":"2","pipelines":[{"name":"a","stages":{"x":1}}]}',
      '{"version":"2","pipelines":[{"name":"a","stages":[1,null,{"type":3}]},{"name":"a"}]}',
    ],
    [
      "devices in a circle",
      '{"version":"2","pipelines":[{"name":"a","stages":[{"type":"x","devices":{"d":1},"mounts":"z"}]}]}',
      '{"version":"2","pipelines":[{"name":"a","stages":[{"type":"x","devices":{"d":{"parent":"d"}},"mounts":[null,{"source":"d"}]}]}]}',
    ],
    [
      "numbers of any size",
      "[123456789012345678901234567890,1e400,-0.0]",
      "[923456789012345678901234567890,1E400,0]",
    ],
    ["characters that are not seen", '{"a":"\\u202e\\u0000 é 𝄞"}', '{"a":"\\u2028 \\u2029"}'],
    ["scalars", "1", "null"],
  ])("%s are explained whole", (_, before, after) => {
    expectComplete(readTape(before), readTape(after));
    expect(describePair(JSON.parse(before), JSON.parse(after)).items.length).toBeGreaterThan(0);
  });
});
