import { describe, expect, it } from "vitest";
import { readYamlDocument } from "../../src/documents/yaml.ts";

describe("a YAML document", () => {
  it("is plain values with their lines", () => {
    const document = readYamlDocument(
      "# a comment\nimages:\n- location: x\n  digest: |\n    y\n- &b {location: z}\n- *b\n",
    );
    if (!document.ok) throw new Error(document.failure.message);
    const { value, lineOf } = document.value;
    expect(value).toEqual({
      images: [{ location: "x", digest: "y\n" }, { location: "z" }, { location: "z" }],
    });
    expect(lineOf(["images", 0, "location"])).toBe(3);
    expect(lineOf(["images", 0, "digest"])).toBe(4);
    expect(lineOf(["images", 1, "location"])).toBe(6);
    expect(lineOf(["images", 9])).toBeNull();
  });

  it.each([
    ["a key twice", "a: 1\na: 2\n", 2],
    ["a flow that does not end", "a: [1,\n", 2],
    ["two documents", "a: 1\n---\nb: 2\n", 1],
    ["no document", "", 1],
    ["only a comment", "# nothing\n", 1],
    ["an unknown tag", "a: !secret b\n", 1],
    ["a tab for an indent", "a:\n\tb: 1\n", 2],
    ["a key that is a list", "? [a]\n: b\n", 1],
    ["an alias of nothing", "a: *b\n", 1],
  ])("with %s is refused", (_, text, line) => {
    const document = readYamlDocument(text);
    expect(document).toMatchObject({
      ok: false,
      failure: { reason: "document-syntax", format: "yaml", line },
    });
  });

  it("has what it merges, in the lines where that is written", () => {
    const lines = [
      "base: &base {digest: aa,",
      "  url: u}",
      "other: &other",
      "  digest: bb",
      "  size: 3",
      "list:",
      "  - <<: *base",
      "    url: v",
      "  - <<: [*other, *base]",
      "  - url: w",
      "    <<: {url: x, digest: cc}",
      "  - *other",
      '  - "<<": plain',
    ];
    const document = readYamlDocument(lines.join("\n"));
    if (!document.ok) throw new Error(document.failure.message);
    const { value, lineOf } = document.value;
    expect(value).toMatchObject({
      list: [
        { digest: "aa", url: "v" },
        { digest: "bb", size: 3, url: "u" },
        { digest: "cc", url: "w" },
        { digest: "bb", size: 3 },
        { "<<": "plain" },
      ],
    });
    const found = ["digest", "url", "size"].map((key) => [0, 1, 2, 3].map((at) => lineOf(["list", at, key])));
    expect(found).toEqual([
      [1, 4, 11, 4],
      [8, 2, 10, null],
      [null, 5, null, 5],
    ]);
    expect(lineOf(["list", 4, "<<"])).toBe(13);
  });

  it("that merges what is no map is refused", () => {
    expect(readYamlDocument("a: {<<: 7}\n")).toMatchObject({ ok: false, failure: { format: "yaml" } });
  });

  it("that merges itself is refused", () => {
    expect(readYamlDocument("a: &a {b: {<<: *a}}\n")).toMatchObject({ ok: false });
  });

  it("that would fill the memory is refused", () => {
    const levels = Array.from({ length: 9 }, (_, level) => {
      const below = level === 0 ? "x" : `*l${level - 1}`;
      return `l${level}: &l${level} [${Array.from({ length: 10 }, () => below).join(", ")}]`;
    });
    expect(readYamlDocument(levels.join("\n"))).toMatchObject({ ok: false, failure: { format: "yaml" } });
  });
});
