import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { NdjsonReader } from "../../src/generators/ndjson.ts";
import { failureOf, orThrow, temporaryFolder } from "../workspace.ts";

async function take(...lines: readonly (string | Uint8Array)[]) {
  const reader = new NdjsonReader(temporaryFolder());
  for (const line of lines) await reader.take(Buffer.from(line));
  const result = reader.result();
  if (!result.ok) return result;
  const value = result.value.map(({ name, source }) => [
    name,
    source.kind === "file" ? readFileSync(source.path, "utf8") : "",
  ]);
  return { ...result, value };
}

describe("NdjsonReader", () => {
  it.each([
    '{"version":"2"}',
    '{ "b" : 1.0 ,\t"a":\r9007199254740993 }',
    '{"text":"\\u00e9\\/ é \u2028","empty":{}}',
    "[1e400,-0]",
    '"text"',
    "null",
  ])("gives the manifest %s byte for byte", async (manifest) => {
    expect(orThrow(await take(`{"name":"a","manifest":${manifest}}`))).toEqual([["a", manifest]]);
    expect(orThrow(await take(` {"manifest" : ${manifest} , "name" : "a"} `))).toEqual([["a", manifest]]);
  });

  it("keeps the order of the lines, and names as JSON spells them", async () => {
    const lines = ["b", "a", "\\u0063"].map((name) => `{"name":"${name}","manifest":1}`);
    expect(orThrow(await take(...lines)).map(([name]) => name)).toEqual(["b", "a", "c"]);
  });

  it.each([
    ["[]", "an object"],
    ['{"name":"a"}', "a member manifest"],
    ['{"manifest":1}', "a string as member name"],
    ['{"name":1,"manifest":1}', "a string as member name"],
    ['{"name":"a","manifest":1,"note":2}', "no member besides"],
  ])("refuses the shape of %s", async (line, expected) => {
    expect(failureOf(await take('{"name":"a","manifest":1}', line))).toEqual({
      reason: "command-output",
      line: 2,
      cause: { reason: "line-shape", expected: expect.stringContaining(expected) as string },
    });
  });

  it.each<[string, string | Uint8Array]>([
    ["json-duplicate-key", '{"name":"a","name":"b","manifest":1}'],
    ["json-syntax", '{"name":"a","manifest":1} 2'],
    ["json-not-utf8", new Uint8Array([0x22, 0xff, 0x22])],
    ["json-empty", ""],
  ])("refuses what is not JSON: %s", async (reason, line) => {
    expect(failureOf(await take(line))).toMatchObject({
      reason: "command-output",
      line: 1,
      cause: { reason },
    });
  });

  it("reports the first bad line", async () => {
    expect(failureOf(await take("1", '{"name":"a","manifest":1}', "nope"))).toMatchObject({ line: 1 });
  });
});
