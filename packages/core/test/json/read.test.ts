import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonFailure } from "../../src/json/failure.ts";
import { readJson } from "../../src/json/read.ts";
import { MAX_DEPTH } from "../../src/json/scanner.ts";
import { JsonNumber, valueOf } from "../../src/json/value.ts";
import { plainValue } from "./plain-value.ts";
import { readTape } from "./read-tape.ts";

function refusal(text: Uint8Array | string): JsonFailure {
  const read = readJson(text);
  if (read.ok) throw new Error("accepted");
  return read.failure;
}

/** RFC 8259, section by section. */
const ACCEPTED: Readonly<Record<string, readonly string[]>> = {
  "§2 white space": [
    " 1",
    "1 ",
    "\t1\r\n",
    " \n\t\r[ \n1 , \t2 ]\r",
    '{ "a" : 1 , "b" : 2 }',
    "[\n]",
    "{\t}",
  ],
  "§3 literals": ["null", "true", "false", "[null,true,false]"],
  "§4 objects": [
    ...["{}", '{"a":1}', '{"":0}', '{"a":{"b":{}}}', '{"a":[],"b":{}}', '{"b":1,"a":2}', '{"a\\nb":1}'],
    ...[
      '{"__proto__":1}',
      '{"__proto__":{"a":1},"b":2}',
      '{"constructor":1,"toString":2,"hasOwnProperty":3}',
    ],
    ...['{"10":1,"9":2,"01":3,"-1":4}', '{"length":0}', '{"a":1,"A":2}', '{"é":1,"e\u0301":2}'],
  ],
  "§5 arrays": ["[]", "[1]", "[1,2,3]", "[[]]", "[[],[[]]]", "[{}]", '[1,"a",null,{"a":[]}]'],
  "§6 numbers": [
    ...["0", "-0", "7", "-7", "10", "1234567890", "0.0", "0.5", "-0.5", "10.25", "1.000"],
    ...["0e0", "1e1", "1E1", "1e+1", "1E+1", "1e-1", "1E-1", "1.5e10", "-1.5E-10", "0e00", "1e0001"],
    ...["9007199254740993", "123456789012345678901234567890", "1e400", "-1e400", "1e-400", "0.1e1"],
  ],
  "§7 strings": [
    ...['""', '"a"', '" "', '"\u007f"', '"é"', '"€"', '"𝄞"', '"\u2028\u2029"', '"/"', '"\'"'],
    ...['"\\""', '"\\\\"', '"\\/"', '"\\b\\f\\n\\r\\t"', '"\\u0000"', '"\\u001f"', '"\\u00e9"', '"\\u00E9"'],
    ...['"\\ud834\\udd1e"', '"\\uD834\\uDD1E"', '"\\udbff\\udfff"', '"\\uffff"', '"\\ufeff"', '"\ufeff"'],
    ...['"\\\\u0041"', '"[1,2"', '"//"', '"\\u0022"', '"\u0080"', '"\uffff"', '"\u{10ffff}"'],
  ],
};

/** Text, offset of the refusal, what was expected. */
const REFUSED: Readonly<Record<string, readonly (readonly [string, number, string])[]>> = {
  "§2 structure": [
    ["1 2", 2, "the end of the text"],
    ["{} {}", 3, "the end of the text"],
    ["[1]]", 3, "the end of the text"],
    ["null,", 4, "the end of the text"],
    ['"a" "b"', 4, "the end of the text"],
    ["1 // one", 2, "the end of the text"],
    ["/* one */ 1", 0, "a value"],
    ["# one\n1", 0, "a value"],
    ["\u00a01", 0, "a value"],
    ["\f1", 0, "a value"],
    ["\v1", 0, "a value"],
    ["\u20281", 0, "a value"],
    ["\0", 0, "a value"],
    ["1\0", 1, "the end of the text"],
  ],
  "§3 literals": [
    ["nul", 0, "a value"],
    ["nulll", 4, "the end of the text"],
    ["tru", 0, "a value"],
    ["truE", 0, "a value"],
    ["True", 0, "a value"],
    ["FALSE", 0, "a value"],
    ["falsy", 0, "a value"],
    ["None", 0, "a value"],
    ["undefined", 0, "a value"],
    ["NaN", 0, "a value"],
    ["Infinity", 0, "a value"],
    ["-Infinity", 1, "a digit"],
    ["-NaN", 1, "a digit"],
    ["a", 0, "a value"],
    ["'a'", 0, "a value"],
    ["`a`", 0, "a value"],
  ],
  "§4 objects": [
    ["{", 1, 'a key or "}"'],
    ["}", 0, "a value"],
    ["{]", 1, 'a key or "}"'],
    ["{,}", 1, 'a key or "}"'],
    ["{a:1}", 1, 'a key or "}"'],
    ["{1:1}", 1, 'a key or "}"'],
    ["{null:1}", 1, 'a key or "}"'],
    ["{'a':1}", 1, 'a key or "}"'],
    ['{"a"}', 4, '":"'],
    ['{"a"', 4, '":"'],
    ['{"a" 1}', 5, '":"'],
    ['{"a"=1}', 4, '":"'],
    ['{"a","b"}', 4, '":"'],
    ['{"a":}', 5, "a value"],
    ['{"a":', 5, "a value"],
    ['{"a"::1}', 5, "a value"],
    ['{"a":1', 6, '"," or "}"'],
    ['{"a":1]', 6, '"," or "}"'],
    ['{"a":1 "b":2}', 7, '"," or "}"'],
    ['{"a":1;"b":2}', 6, '"," or "}"'],
    ['{"a":1,}', 7, "a key"],
    ['{"a":1,', 7, "a key"],
    ['{"a":1,,"b":2}', 7, "a key"],
    ['{"a":1,b:2}', 7, "a key"],
  ],
  "§5 arrays": [
    ["[", 1, "a value"],
    ["]", 0, "a value"],
    ["[}", 1, "a value"],
    ["[,]", 1, "a value"],
    ["[,1]", 1, "a value"],
    ["[1,]", 3, "a value"],
    ["[1,", 3, "a value"],
    ["[1,,2]", 3, "a value"],
    ["[1", 2, '"," or "]"'],
    ["[1}", 2, '"," or "]"'],
    ["[1 2]", 3, '"," or "]"'],
    ["[1:2]", 2, '"," or "]"'],
    ["[[1]", 4, '"," or "]"'],
    ["[...[1]]", 1, "a value"],
    ["(1)", 0, "a value"],
  ],
  "§6 numbers": [
    ["-", 1, "a digit"],
    ["+1", 0, "a value"],
    ["--1", 1, "a digit"],
    ["- 1", 1, "a digit"],
    [".5", 0, "a value"],
    ["-.5", 1, "a digit"],
    ["5.", 2, "a digit"],
    ["5.e1", 2, "a digit"],
    ["1.2.3", 3, "the end of the text"],
    ["1e", 2, "a digit"],
    ["1E", 2, "a digit"],
    ["1e+", 3, "a digit"],
    ["1e-", 3, "a digit"],
    ["1e+-1", 3, "a digit"],
    ["1e1.5", 3, "the end of the text"],
    ["01", 0, "a number without leading zeros"],
    ["-01", 0, "a number without leading zeros"],
    ["00", 0, "a number without leading zeros"],
    ["00.5", 0, "a number without leading zeros"],
    ["[01]", 1, "a number without leading zeros"],
    ["0x10", 1, "the end of the text"],
    ["1_000", 1, "the end of the text"],
    ["1n", 1, "the end of the text"],
    ["1 000", 2, "the end of the text"],
    ["١", 0, "a value"],
    ["１", 0, "a value"],
  ],
  "§7 strings": [
    ['"', 1, "the end of a string"],
    ['"a', 2, "the end of a string"],
    ['"a\nb"', 2, "the end of a string"],
    ['"a\tb"', 2, "the end of a string"],
    ['"\0"', 1, "the end of a string"],
    ['"\u001f"', 1, "the end of a string"],
    ['"\\', 1, "an escape sequence"],
    ['"\\"', 3, "the end of a string"],
    ['"\\x41"', 1, "an escape sequence"],
    ['"\\a"', 1, "an escape sequence"],
    ['"\\0"', 1, "an escape sequence"],
    ['"\\\'"', 1, "an escape sequence"],
    ['"\\U0041"', 1, "an escape sequence"],
    ['"\\\n"', 1, "an escape sequence"],
    ['"\\\u0100"', 1, "an escape sequence"],
    ['"\\u"', 1, "an escape of four hexadecimal digits"],
    ['"\\u004"', 1, "an escape of four hexadecimal digits"],
    ['"\\u00g1"', 1, "an escape of four hexadecimal digits"],
    ['"\\u{41}"', 1, "an escape of four hexadecimal digits"],
    ['"\\u 041"', 1, "an escape of four hexadecimal digits"],
    ['"\\u+041"', 1, "an escape of four hexadecimal digits"],
    ['"\\u00', 1, "an escape of four hexadecimal digits"],
    ['{"a', 3, "the end of a string"],
    ['["a]', 4, "the end of a string"],
  ],
};

describe("readJson: the grammar", () => {
  for (const [section, texts] of Object.entries(ACCEPTED)) {
    it.each(texts)(`${section}: %j is read as JSON.parse reads it`, (text) => {
      expect(plainValue(valueOf(readTape(text)))).toEqual(JSON.parse(text));
      expect(plainValue(valueOf(readTape(Buffer.from(text))))).toEqual(JSON.parse(text));
    });
  }

  for (const [section, cases] of Object.entries(REFUSED)) {
    it.each(cases)(`${section}: %j is refused`, (text, offset, expected) => {
      expect(() => JSON.parse(text)).toThrow();
      const bytes = Buffer.from(text);
      const rest = bytes.subarray(offset).toString();
      expect(refusal(text)).toMatchObject({
        reason: "json-syntax",
        at: { offset },
        expected,
        found: rest === "" ? null : String.fromCodePoint(rest.codePointAt(0) as number),
      });
    });
  }

  it.each(["", " ", "\n\t\r "])("%j is empty", (text) => {
    expect(refusal(text)).toEqual({ reason: "json-empty" });
  });
});

describe("readJson: what is kept", () => {
  it("every number text", () => {
    const texts = [
      "1.0",
      "1e2",
      "1E+2",
      "-0",
      "-0.0",
      "9007199254740993",
      "0.10",
      "1e400",
      "123456789012345678901234567890",
    ];
    expect(valueOf(readTape(`[${texts.join(", ")}]`))).toEqual(texts.map((text) => new JsonNumber(text)));
  });

  it("the order and the safety of every key", () => {
    const value = valueOf(readTape('{"b":1,"2":2,"__proto__":{"x":3},"1":4,"constructor":5,"":6}'));
    expect([...(value as ReadonlyMap<string, unknown>).keys()]).toEqual([
      "b",
      "2",
      "__proto__",
      "1",
      "constructor",
      "",
    ]);
    expect(({} as { x?: unknown }).x).toBeUndefined();
  });

  it("a view's bytes, wherever they stand in their buffer", () => {
    const bytes = new Uint8Array(Buffer.from('xx{"a":[1]}xx')).subarray(2, 11);
    expect(plainValue(valueOf(readTape(bytes)))).toEqual({ a: [1] });
  });
});

describe("readJson: places", () => {
  it.each<[text: string, at: { offset: number; line: number; column: number }, path: (string | number)[]]>([
    ["x", { offset: 0, line: 1, column: 1 }, []],
    ['{\n  "a": [1,\n    ?]}', { offset: 17, line: 3, column: 5 }, ["a", 1]],
    ['{"é𝄞": nope}', { offset: 11, line: 1, column: 8 }, ["é𝄞"]],
    ['[\r\n\r\n"é", ?', { offset: 11, line: 3, column: 6 }, [1]],
    ['{"a":{"b":[0,{"c":?}]}}', { offset: 18, line: 1, column: 19 }, ["a", "b", 1, "c"]],
    ["[[],[[],[?", { offset: 9, line: 1, column: 10 }, [1, 1, 0]],
    ['{"a":1,"b":{?', { offset: 12, line: 1, column: 13 }, ["b"]],
    ['[{"a":1}, {"b":2, ?', { offset: 18, line: 1, column: 19 }, [1]],
    ["[1,\n", { offset: 4, line: 2, column: 1 }, [1]],
  ])("%j", (text, at, path) => {
    expect(refusal(text)).toMatchObject({ reason: "json-syntax", at, path });
  });
});

describe("readJson: duplicate keys", () => {
  it.each<[text: string, offset: number, path: (string | number)[]]>([
    ['{"a":1,"a":1}', 7, ["a"]],
    ['{"a":1,"\\u0061":2}', 7, ["a"]],
    ['{"\\u0061":1,"a":2}', 12, ["a"]],
    ['{"\\u0061":1,"\\u0061":2}', 12, ["a"]],
    ['{"/":1,"\\/":2}', 7, ["/"]],
    ['{"é":1,"\\u00E9":2}', 8, ["é"]],
    ['{"𝄞":1,"\\ud834\\udd1e":2}', 10, ["𝄞"]],
    ['{"b":1,"a":2,"b":3}', 13, ["b"]],
    ['{"b":1,"a":2,"a":3,"b":4}', 13, ["a"]],
    ['{"a":1,"a":2,"a":3}', 7, ["a"]],
    ['{"":1,"":2}', 6, [""]],
    ['{"__proto__":1,"__proto__":2}', 15, ["__proto__"]],
    ['[{"a":1},{"b":0,"b":0}]', 16, [1, "b"]],
    ['{"x":{"y":[0,{"k":1,"k":2}]}}', 20, ["x", "y", 1, "k"]],
    ['{"a":{"a":1},"b":[{"a":1}],"a":0}', 27, ["a"]],
  ])("%s", (text, offset, path) => {
    expect(refusal(text)).toEqual({
      reason: "json-duplicate-key",
      at: { offset, line: 1, column: [...Buffer.from(text).subarray(0, offset).toString()].length + 1 },
      path,
      key: path.at(-1),
    });
  });

  it("among many keys", () => {
    const keys = Array.from({ length: 100 }, (_, index) => `"k${(index * 37) % 100}":${index}`);
    expect(readJson(`{${keys.join(",")}}`).ok).toBe(true);
    expect(refusal(`{${[...keys, '"k42":0'].join(",")}}`)).toMatchObject({
      reason: "json-duplicate-key",
      key: "k42",
    });
  });

  it("never across objects", () => {
    expect(readJson('[{"a":1},{"a":1},{"b":{"a":{"a":1}}}]').ok).toBe(true);
  });
});

describe("readJson: encodings", () => {
  it.each<[shape: string, text: string, offset: number]>([
    ["a high one alone", '["\\ud800"]', 2],
    ["a low one alone", '["\\udc00"]', 2],
    ["two high ones", '["\\ud800\\ud800"]', 2],
    ["low before high", '["\\udc00\\ud800"]', 2],
    ["a high one before an escape", '["\\ud800\\n"]', 2],
    ["a high one before a letter", '["a\\udbffb"]', 3],
    ["one after a pair", '["\\ud834\\udd1e\\udd1e"]', 14],
  ])("an escaped surrogate: %s", (_, text, offset) => {
    expect(refusal(text)).toEqual({
      reason: "json-lone-surrogate",
      at: { offset, line: 1, column: offset + 1 },
      path: [0],
    });
  });

  it("an escaped surrogate in a key is refused at the object", () => {
    expect(refusal('{"a":{"b":1,"\\ud800":2}}')).toMatchObject({
      reason: "json-lone-surrogate",
      path: ["a"],
    });
  });

  it.each<[text: string, offset: number, path: (string | number)[]]>([
    ['"\ud800"', 1, []],
    ['{"é":"\udfff"}', 7, ["é"]],
    ['[0,"a\ud834b"]', 5, [1]],
    ["\ud800", 0, []],
    ["1 \udc00", 2, []],
  ])("a surrogate in a text that never was bytes: %j", (text, offset, path) => {
    expect(refusal(text)).toMatchObject({ reason: "json-lone-surrogate", at: { offset }, path });
  });

  it("what stands before such a surrogate is judged first", () => {
    expect(refusal('[1 2, "\ud800"]')).toMatchObject({ reason: "json-syntax", at: { offset: 3 } });
  });

  it("a byte order mark", () => {
    expect(refusal("\ufeff{}")).toEqual({ reason: "json-byte-order-mark" });
    expect(refusal(Buffer.from([0xef, 0xbb, 0xbf]))).toEqual({ reason: "json-byte-order-mark" });
  });

  it("UTF-16 and UTF-32", () => {
    const utf16 = Buffer.from("\ufeff[1]", "utf16le");
    expect(refusal(utf16)).toEqual({ reason: "json-not-utf8", at: { offset: 0, line: 1, column: 1 } });
    expect(refusal(Buffer.from(utf16).swap16())).toMatchObject({
      reason: "json-not-utf8",
      at: { offset: 0 },
    });
    expect(refusal(Buffer.from("[1]", "utf16le"))).toMatchObject({
      reason: "json-syntax",
      at: { offset: 1 },
      found: "\0",
    });
    expect(refusal(Buffer.from([0, 0, 0, 0x31]))).toMatchObject({ reason: "json-syntax", at: { offset: 0 } });
  });

  it.each<[what: string, bytes: number[], offset: number]>([
    ["a lone continuation", [0x22, 0x80, 0x22], 1],
    ["a lead without continuation", [0x22, 0xc3, 0x22], 1],
    ["a lead that is cut off", [0x22, 0xe2, 0x82], 1],
    ["a lead that begins like the replacement character", [0x22, 0xef, 0xbf, 0x22], 1],
    ["an overlong slash", [0x22, 0xc0, 0xaf, 0x22], 1],
    ["a surrogate", [0x22, 0x61, 0xed, 0xa0, 0x80, 0x22], 2],
    ["beyond U+10FFFF", [0x22, 0xf4, 0x90, 0x80, 0x80, 0x22], 1],
    ["Latin-1 after good UTF-8", [0x22, 0xc3, 0xa9, 0xe9, 0x22], 3],
    ["after a real replacement character", [0x22, 0xef, 0xbf, 0xbd, 0xff, 0x22], 4],
    ["outside a string", [0x31, 0xff], 1],
  ])("invalid UTF-8: %s", (_, bytes, offset) => {
    expect(refusal(Uint8Array.from(bytes))).toMatchObject({ reason: "json-not-utf8", at: { offset } });
  });
});

function nested(open: string, close: string, depth: number): string {
  return open.repeat(depth) + close.repeat(depth);
}

describe("readJson: depth", () => {
  it.each([
    ["arrays", "[", "]"],
    ["objects", '{"a":', "}"],
    ["both", '[{"a":', "}]"],
  ])("100,000 nested %s are a failure", (_, open, close) => {
    expect(refusal(nested(open, close, 100_000))).toMatchObject({
      reason: "json-too-deep",
      limit: MAX_DEPTH,
    });
    expect(refusal(open.repeat(100_000))).toMatchObject({ reason: "json-too-deep" });
  });

  it("the bound is exact, and the failure stands at the bracket too much", () => {
    expect(readJson(nested("[", "]", MAX_DEPTH)).ok).toBe(true);
    expect(refusal(nested("[", "]", MAX_DEPTH + 1))).toEqual({
      reason: "json-too-deep",
      at: { offset: MAX_DEPTH, line: 1, column: MAX_DEPTH + 1 },
      path: Array.from({ length: MAX_DEPTH }, () => 0),
      limit: MAX_DEPTH,
    });
  });

  it("neighbours do not count", () => {
    expect(readJson(`[${"[],".repeat(5_000)}{}]`).ok).toBe(true);
  });
});

describe("readJson and JSON.parse", () => {
  it("agree on every value", () => {
    const values = fc.tuple(fc.jsonValue({ stringUnit: "binary" }), fc.constantFrom(undefined, 1, "\t"));
    fc.assert(
      fc.property(values, ([value, indent]) => {
        const text = JSON.stringify(value, null, indent);
        expect(plainValue(valueOf(readTape(text)))).toEqual(JSON.parse(text));
      }),
      { numRuns: 150 },
    );
  });

  it("agree on what is JSON and what is not", () => {
    fc.assert(
      fc.property(nearlyJson, (text) => {
        const read = readJson(text);
        if (read.ok) expect(plainValue(valueOf(read.value))).toEqual(JSON.parse(text));
        else if (!refusedOnPurpose.has(read.failure.reason)) expect(() => JSON.parse(text)).toThrow();
      }),
      { numRuns: 6_000 },
    );
  });
});

/** What JSON.parse lets pass. */
const refusedOnPurpose: ReadonlySet<JsonFailure["reason"]> = new Set([
  "json-duplicate-key",
  "json-lone-surrogate",
]);

/** JSON texts with up to three spans replaced by a few characters that mean something to JSON. */
const nearlyJson = fc
  .tuple(
    fc.json({ maxDepth: 3, stringUnit: "grapheme" }),
    fc.array(
      fc.record({
        at: fc.double({ min: 0, max: 1, noNaN: true }),
        removed: fc.nat(2),
        inserted: fc.string({
          unit: fc.constantFrom(
            ...'{}[]":,-+.eE0123456789\\/bfnrtu \n\taé',
            "\\u00e9",
            "\\ud800",
            '"a":',
            "null",
            "1e5",
          ),
          maxLength: 3,
        }),
      }),
      { maxLength: 3 },
    ),
  )
  .map(([json, edits]) =>
    edits.reduce((text, { at, removed, inserted }) => {
      const start = Math.floor(at * text.length);
      return text.slice(0, start) + inserted + text.slice(start + removed);
    }, json),
  );
