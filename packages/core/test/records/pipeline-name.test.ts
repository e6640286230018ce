import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatPipelineName, parsePipelineName } from "../../src/records/pipeline-name.ts";

describe("formatPipelineName", () => {
  it.each([
    ["os", "os"],
    ["build-2.0_x+y", "build-2.0_x+y"],
    ["manifest", "manifest"],
    ["-", "-"],
    ["", '""'],
    ["two words", '"two words"'],
    ['a"b', String.raw`"a\"b"`],
    ["line\nfeed", String.raw`"line\nfeed"`],
    ["größe", '"größe"'],
    ["a:b", '"a:b"'],
  ])("writes %j as %s", (name, text) => {
    expect(formatPipelineName(name)).toBe(text);
    expect(parsePipelineName(text)).toBe(name);
  });
});

describe("parsePipelineName", () => {
  it.each([
    ["a plain name in quotes", '"os"'],
    ["a text that needs quotes", "two words"],
    ["nothing", ""],
    ["an escape that is not needed", String.raw`"gr\u00f6\u00dfe"`],
    ["an escaped solidus", String.raw`"a\/b"`],
    ["an upper-case escape", String.raw`"\u001B"`],
    ["a lone surrogate", String.raw`"\ud800"`],
    ["an unclosed string", '"two words'],
    ["white space around the string", '"two words" '],
    ["another JSON value", "[1]"],
  ])("refuses %s", (_, text) => {
    expect(parsePipelineName(text)).toBeNull();
  });

  it("reads every well-formed name back, and spells no two names alike", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (name) => {
        expect(parsePipelineName(formatPipelineName(name))).toBe(name);
      }),
      { numRuns: 200 },
    );
  });
});
