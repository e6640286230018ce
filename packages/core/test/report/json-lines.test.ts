import fc from "fast-check";
import { expect, it } from "vitest";
import { jsonLines } from "../../src/report/json-lines.ts";

it("is what JSON.stringify prints over many lines", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const json = JSON.stringify(value);
      expect(jsonLines(json).join("\n")).toBe(JSON.stringify(JSON.parse(json), null, 2));
    }),
  );
});

it("keeps numbers and strings as they are written", () => {
  expect(jsonLines('{"a":[1.0,9007199254740993],"b":"\\u0041 {,}"}')).toEqual([
    "{",
    '  "a": [',
    "    1.0,",
    "    9007199254740993",
    "  ],",
    '  "b": "\\u0041 {,}"',
    "}",
  ]);
});

it("shows every sign of what is no JSON", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'{}[],:"\\ ab1') }), (text) => {
      expect(jsonLines(text).join("").replaceAll(/\s/g, "")).toBe(text.replaceAll(/\s/g, ""));
    }),
  );
});
