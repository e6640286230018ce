import { expect, it } from "vitest";
import { readTomlDocument } from "../../src/documents/toml.ts";

it("reads TOML, and knows no lines of values", () => {
  const document = readTomlDocument('[[image]]\nurl = "x"\nsha256 = "y"\n');
  if (!document.ok) throw new Error(document.failure.message);
  expect(document.value.value).toEqual({ image: [{ url: "x", sha256: "y" }] });
  expect(document.value.lineOf(["image", 0, "url"])).toBeNull();
});

it("keeps integers that no number holds, exactly", () => {
  const document = readTomlDocument("big = 9223372036854775807\nsmall = 7\n");
  if (!document.ok) throw new Error(document.failure.message);
  expect(document.value.value).toEqual({ big: 9223372036854775807n, small: 7 });
});

it.each([
  ["a key twice", "a = 1\na = 2\n", 2],
  ["a text that does not end", 'a = 1\nb = "x\n', 2],
])("refuses %s in its line", (_, text, line) => {
  expect(readTomlDocument(text)).toMatchObject({
    ok: false,
    failure: { reason: "document-syntax", format: "toml", line },
  });
});
