import fc from "fast-check";
import { expect, it } from "vitest";
import { displayText, quietJson } from "../../src/report/display.ts";
import { hostileText } from "./hostile-texts.ts";

it.each([
  ["##[error]x", "\\u0023#[error]x"],
  ["a ##vso[task.x]", "a \\u0023#vso[task.x]"],
  ["###[group]", "#\\u0023#[group]"],
  ["::error::x", "\\u003a:error::x"],
  ["  ::error::x", "  \\u003a:error::x"],
  ["a::b", "a::b"],
  ["# heading, ## heading, a#b", "# heading, ## heading, a#b"],
])("opens no command of a log: %s", (text, expected) => expect(displayText(text)).toBe(expected));

it("gives one line without controls, whatever the text is", () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      const shown = displayText(text);
      expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      expect(shown).not.toMatch(/##[\w-]*\[|^\s*::/);
    }),
  );
});

it("writes JSON that says the same and that a log can show", () => {
  fc.assert(
    fc.property(fc.array(hostileText.map((text) => text.toWellFormed())), (texts) => {
      const json = quietJson({ texts });
      expect(JSON.parse(json)).toEqual({ texts });
      expect(json).not.toMatch(/##[\w-]*\[|^\s*::/m);
    }),
  );
});
