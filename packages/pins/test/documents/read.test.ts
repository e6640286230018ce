import { expect, it } from "vitest";
import { formatOfPath, readDocument } from "../../src/documents/read.ts";

it.each([
  ["a.pins.json", "json"],
  ["a/b.YAML", "yaml"],
  ["b.yml", "yaml"],
  ["c.toml", "toml"],
  ["json", null],
  ["a.json.bak", null],
])("the name %s tells %s", (path, format) => {
  expect(formatOfPath(path)).toBe(format);
});

it.each(["json", "yaml", "toml"] as const)("bytes that are no UTF-8 are no %s", (format) => {
  const reason = format === "json" ? "json-not-utf8" : "text-not-utf8";
  expect(readDocument(Buffer.from([0x22, 0xff, 0x22]), format)).toMatchObject({
    ok: false,
    failure: { reason },
  });
});

it("all formats read the same document alike", () => {
  const texts = { json: '{"a":["b"]}', yaml: "a: [b]", toml: 'a = ["b"]' } as const;
  for (const [format, text] of Object.entries(texts)) {
    const document = readDocument(Buffer.from(text), format as keyof typeof texts);
    expect(document.ok && document.value.value).toEqual({ a: ["b"] });
  }
});
