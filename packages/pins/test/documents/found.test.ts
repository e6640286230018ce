import { expect, test } from "vitest";
import { describeFound } from "../../src/documents/found.ts";

test.each([
  [undefined, "nothing"],
  [null, "null"],
  [5, "5"],
  [2n ** 63n, "9223372036854775808"],
  [[], "an empty list"],
  [[1, 2], "a list of 2"],
  [{ a: 1 }, "an object"],
  ["a\nb", '"a\\nb"'],
  ["https://h.org/a@b", '"https://h.org/a@b"'],
])("%s is told as %s", (value, words) => expect(describeFound(value)).toBe(words));

test.each(["https://user:secret@h.org/a", "see https://h.org/ or //user:secret@h.org", "x://secret@@h"])(
  "%j is told without what is secret",
  (text) => {
    expect(describeFound(text)).toContain("h");
    expect(describeFound(text)).not.toMatch(/secret|user/);
  },
);
