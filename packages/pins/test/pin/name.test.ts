import { expect, test } from "vitest";
import { isVisibleName } from "../../src/pin/name.ts";

test.each(["a", "a b", " a", "ä", "\u{1f469}\u200d\u{1f467}", "::error::"])("%j is a name", (text) => {
  expect(isVisibleName(text)).toBe(true);
});

test.each(["", " ", "\t", "\u200b", "\ufeff", "a\nb", "a\u001b[31m", "\u0000", "a\u0085", "a\u2028b"])(
  "%j is none",
  (text) => expect(isVisibleName(text)).toBe(false),
);
