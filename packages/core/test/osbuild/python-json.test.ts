import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { ByteWriter } from "../../src/json/byte-writer.ts";
import { ROOT } from "../../src/json/tape.ts";
import { pythonNumber, pythonString, writePythonJson } from "../../src/osbuild/python-json.ts";
import { readTape } from "../json/read-tape.ts";

/** What Python printed: pairs of an input and `json.dumps` of it; documents with `sort_keys=True`. */
interface Vectors {
  readonly python: string;
  readonly numbers: readonly (readonly [text: string, printed: string])[];
  readonly strings: readonly (readonly [text: string, printed: string])[];
  readonly documents: readonly (readonly [text: string, printed: string])[];
}

const vectors = JSON.parse(
  readFileSync(new URL("../fixtures/python-json.json", import.meta.url), "utf8"),
) as Vectors;

function pythonText(text: string): string {
  const writer = new ByteWriter(0);
  writePythonJson(readTape(text), ROOT, writer);
  return writer.written().toString();
}

describe(`Python ${vectors.python} prints the same`, () => {
  it(`${vectors.numbers.length} numbers`, () => {
    expect(vectors.numbers.map(([text]) => [text, pythonNumber(text)])).toEqual(vectors.numbers);
    expect(pythonText(`[${vectors.numbers.map(([text]) => text).join(",")}]`)).toBe(
      `[${vectors.numbers.map(([, printed]) => printed).join(", ")}]`,
    );
  });

  it(`${vectors.strings.length} strings`, () => {
    expect(vectors.strings.map(([text]) => [text, pythonString(text)])).toEqual(vectors.strings);
    expect(vectors.strings.map(([text]) => [text, pythonText(JSON.stringify(text))])).toEqual(
      vectors.strings,
    );
  });

  it(`${vectors.documents.length} documents`, () => {
    expect(vectors.documents.map(([text]) => [text, pythonText(text)])).toEqual(vectors.documents);
  });
});

describe("writePythonJson", () => {
  it.each([
    ["1.0 stays 1.0", "1.0", "1.0"],
    ["1e16 is a float", "1e16", "1e+16"],
    ["so is 1e15", "1e15", "1000000000000000.0"],
    ["small floats are scientific", "0.00001", "1e-05"],
    ["an integer has no negative zero", "-0", "0"],
    ["a float has", "-0.0", "-0.0"],
    ["integers are exact", "123456789012345678901234567890", "123456789012345678901234567890"],
    ["overflow is infinite", "[1E400, -1E400]", "[Infinity, -Infinity]"],
    ["U+007F is escaped", '"\u007f"', '"\\u007f"'],
    ["escapes are lower-case", '"\\u00E9\\uD834\\uDD1E"', '"\\u00e9\\ud834\\udd1e"'],
    ["a slash is not escaped", '"\\/"', '"/"'],
    [
      "keys are sorted by code point",
      '{"\u{10000}":1,"\uffff":2,"a":3}',
      '{"a": 3, "\\uffff": 2, "\\ud800\\udc00": 1}',
    ],
    ["separators have a space", '{"a":[1,2],"b":{}}', '{"a": [1, 2], "b": {}}'],
  ])("%s", (_, text, expected) => {
    expect(pythonText(text)).toBe(expected);
  });
});
