import fc from "fast-check";
import { expect, it } from "vitest";
import { escapeInvisible } from "../../src/compare/invisible.ts";

it.each([
  ["a terminal's escape", "\u001B[31m", "\\u001b[31m"],
  ["a C1 control", "\u009B2J", "\\u009b2J"],
  ["line ends", "a\r\nb\u2028c\u0085", "a\\u000d\\u000ab\\u2028c\\u0085"],
  ["what turns the direction of text", "\u202Eabc\u2066", "\\u202eabc\\u2066"],
  ["what has no width", "a\u200Bb\u200Dc\uFEFF", "a\\u200bb\\u200dc\\ufeff"],
  ["half of a pair", "\uD800", "\\ud800"],
  ["a tag character, a pair of units", "\u{E0041}", "\\udb40\\udc41"],
])("shows %s", (_, text, expected) => expect(escapeInvisible(text)).toBe(expected));

it("leaves what can be seen", () => {
  const text = "os › +chrony − ünïcödé 和 🦊 ~`<&\"'";
  expect(escapeInvisible(text)).toBe(text);
});

it("keeps the value of a JSON text", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(JSON.parse(escapeInvisible(JSON.stringify(text)))).toBe(text);
    }),
  );
});
