import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bareDigest, compactLine } from "../../src/records/bare.ts";

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const sha1 = (text: string): string => createHash("sha1").update(text).digest("hex");
const compact = (text: string): string => new TextDecoder().decode(compactLine(utf8(text)));

describe("compactLine", () => {
  it.each([
    ["white space of every kind", ' \t\r\n{ "a" :\t[ 1 ,\r\n2 ] }\n\n', '{"a":[1,2]}\n'],
    ["a text that is compact", '{"a":[1,2]}', '{"a":[1,2]}\n'],
    ["white space in strings", '{"a  b\u00a0": " c\\n  d "}', '{"a  b\u00a0":" c\\n  d "}\n'],
    ["quotes in strings", String.raw`["a\" b", "\\", " \\\" "]`, String.raw`["a\" b","\\"," \\\" "]` + "\n"],
    [
      "order, escapes and numbers",
      String.raw`{"b": 1.0, "a": "\u00e9é", "b": 1E2}`,
      String.raw`{"b":1.0,"a":"\u00e9é","b":1E2}` + "\n",
    ],
    ["a scalar", "  null ", "null\n"],
    ["an empty string", '""', '""\n'],
  ])("handles %s", (_, text, line) => {
    expect(compact(text)).toBe(line);
  });

  it("leaves its input as it was, and reads a part of a larger buffer", () => {
    const buffer = utf8('xx[1, "é" ]yy');
    const copy = buffer.slice();
    expect(new TextDecoder().decode(compactLine(buffer.subarray(2, -2)))).toBe('[1,"é"]\n');
    expect(buffer).toEqual(copy);
  });

  it("is, for a text that JSON.stringify indented, what JSON.stringify writes without", () => {
    fc.assert(
      fc.property(
        fc.jsonValue(),
        fc.constantFrom<string | number>(1, 2, 3, 4, 8, "\t", "\n\r "),
        (value, indent) => {
          expect(compact(JSON.stringify(value, null, indent))).toBe(`${JSON.stringify(value)}\n`);
        },
      ),
      { numRuns: 500 },
    );
  });

  it("stops with an error at a string that never ends", () => {
    expect(() => compact('["abc')).toThrow(RangeError);
    expect(() => compact('["abc\\')).toThrow(RangeError);
  });
});

function refuse(): string {
  throw new Error("asked for");
}

describe("bareDigest", () => {
  const source = { raw: utf8('{"b": 1, "a": 2}'), canonical: () => '{"a":2,"b":1}' };

  it.each([
    ["canonical", '{"a":2,"b":1}'],
    ["raw", '{"b": 1, "a": 2}'],
    ["compact-line", '{"b":1,"a":2}\n'],
  ] as const)("hashes %s", (of, text) => {
    expect(bareDigest({ form: "digest", algorithm: "sha1", of }, source)).toBe(sha1(text));
  });

  it("is what jq and sha256sum print", () => {
    // printf '{"b": 1, "a": 2}' | jq -c . | sha256sum
    expect(bareDigest({ form: "digest", algorithm: "sha256", of: "compact-line" }, source)).toBe(
      "26054ae3bdcb4745ef543c102bb85406bace1b3ca5b039a93f82b0ac5c3c3ecb",
    );
  });

  it("makes no canonical text that is not asked for", () => {
    const kind = { form: "digest", algorithm: "sha256", of: "raw" } as const;
    expect(bareDigest(kind, { raw: source.raw, canonical: refuse })).toHaveLength(64);
  });
});

const realManifests = new URL("../../../../../shared/data/osbuild/", import.meta.url);
const isHere = existsSync(realManifests);
if (!isHere)
  console.warn("NOT CHECKED: compactLine on real manifests, as the shared data is not beside the project");

describe.skipIf(!isHere)("compactLine on real manifests", () => {
  it("drops exactly the white space that is outside strings", () => {
    const names = readdirSync(realManifests).filter((name) => name.endsWith(".json"));
    expect(names.length).toBeGreaterThan(80);
    for (const name of names) {
      const json = readFileSync(new URL(name, realManifests));
      expect(Buffer.from(compactLine(json)).equals(dropWhiteSpace(json)), name).toBe(true);
    }
  });
});

/** The same, byte by byte and as plainly as it can be said. */
function dropWhiteSpace(json: Uint8Array): Uint8Array {
  const line: number[] = [];
  let inString = false;
  let escaped = false;
  for (const byte of json) {
    if (inString || !" \t\r\n".includes(String.fromCharCode(byte))) line.push(byte);
    if (byte === 0x22 && !escaped) inString = !inString;
    escaped = byte === 0x5c && !escaped;
  }
  return Uint8Array.from([...line, 0x0a]);
}
