import stringify from "fast-json-stable-stringify";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ByteWriter } from "../../src/json/byte-writer.ts";
import { canonicalizeValue, writeCanonical, type ValueFailure } from "../../src/json/canonical.ts";
import { MAX_DEPTH } from "../../src/json/scanner.ts";
import { ROOT, memberOf } from "../../src/json/tape.ts";
import { readTape } from "./read-tape.ts";

function canonicalText(text: string): string {
  const tape = readTape(text);
  const writer = new ByteWriter(0);
  writeCanonical(tape, ROOT, writer);
  return writer.written().toString();
}

function nestedArray(depth: number): unknown {
  let value: unknown = [];
  for (let level = 1; level < depth; level++) value = [value];
  return value;
}

const jsonValues = fc.oneof(fc.jsonValue({ stringUnit: "binary" }), fc.jsonValue());

describe("writeCanonical: the reference", () => {
  it("is fast-json-stable-stringify, on everything JSON can hold", () => {
    const layouts = fc.tuple(jsonValues, fc.constantFrom(undefined, 2, "\t"));
    fc.assert(
      fc.property(layouts, ([value, indent]) => {
        const text = JSON.stringify(value, null, indent);
        // JSON.stringify spells numbers as the reference does, so its texts pass verbatim.
        expect(canonicalText(text)).toBe(stringify(JSON.parse(text)));
      }),
      { numRuns: 1_500 },
    );
  });

  it("is not moved by the order of keys or by white space", () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string({ unit: "binary", maxLength: 3 }), fc.integer(), { maxKeys: 50 }),
        (object) => {
          const backwards = Object.fromEntries(Object.entries(object).toReversed());
          expect(canonicalText(JSON.stringify(backwards, null, 1))).toBe(
            canonicalText(JSON.stringify(object)),
          );
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe("writeCanonical: spelling", () => {
  it.each([
    [
      "keys by UTF-16 code unit",
      '{"\ue000":1,"\u{10000}":2,"b":3,"B":4,"":5}',
      '{"":5,"B":4,"b":3,"\u{10000}":2,"\ue000":1}',
    ],
    ["integer-like keys as texts", '{"10":1,"9":2,"1":3}', '{"1":3,"10":1,"9":2}'],
    ["__proto__ as a key", '{"b":1,"__proto__":{"a":2}}', '{"__proto__":{"a":2},"b":1}'],
    ["a key spelled by escapes in its place", '{"c":1,"\\u0062":2,"a":3}', '{"a":3,"b":2,"c":1}'],
    ["escaped keys that need their escapes", '{"\\n":1,"\\u0022":2}', '{"\\n":1,"\\"":2}'],
    ["no white space", ' { "a" : [ 1 , { } , [ ] ] } \n', '{"a":[1,{},[]]}'],
    ["needless escapes undone", '"\\/\\u003c\\u0041\\u00e9\\ud834\\udd1e"', '"/<Aé𝄞"'],
    [
      "control characters by their short escapes",
      '"\\u0008\\u000c\\u000a\\u000d\\u0009"',
      '"\\b\\f\\n\\r\\t"',
    ],
    ["other control characters in lower case", '"\\u001F\\u0000"', '"\\u001f\\u0000"'],
    [
      "U+007F, U+2028 and U+2029 as they are",
      '"\u007f\\u007f\u2028\\u2028\u2029"',
      '"\u007f\u007f\u2028\u2028\u2029"',
    ],
    ["quotes and backslashes escaped", '"\\u0022\\u005c\\"\\\\"', '"\\"\\\\\\"\\\\"'],
    ["literals", "[null,true,false]", "[null,true,false]"],
  ])("%s", (_, text, expected) => {
    expect(canonicalText(text)).toBe(expected);
  });

  it.each(["1.0", "1", "-0", "0e0", "1E2", "1e+2", "9007199254740993", "0.10", "1e400", "1e-400"])(
    "%s stays as written",
    (text) => {
      expect(canonicalText(`[${text}]`)).toBe(`[${text}]`);
    },
  );

  it("writes any node alone", () => {
    const tape = readTape('{"a":{"c":1,"b":2}}');
    const writer = new ByteWriter(0);
    writeCanonical(tape, memberOf(tape, ROOT, "a"), writer);
    expect(writer.written().toString()).toBe('{"b":2,"c":1}');
  });

  it("writes as deep as the reader reads", () => {
    const text = '[{"b":0,"a":'.repeat(MAX_DEPTH / 2) + "0" + "}]".repeat(MAX_DEPTH / 2);
    expect(canonicalText(text)).toBe('[{"a":'.repeat(MAX_DEPTH / 2) + "0" + ',"b":0}]'.repeat(MAX_DEPTH / 2));
  });
});

describe("canonicalizeValue: the reference", () => {
  it("is fast-json-stable-stringify, on everything JSON can hold", () => {
    fc.assert(
      fc.property(jsonValues, (value) => {
        expect(canonicalizeValue(value)).toEqual({ ok: true, value: stringify(value) });
      }),
      { numRuns: 1_500 },
    );
  });

  it.each<[what: string, value: unknown, text: string]>([
    ["numbers as JavaScript prints them", [1.0, -0, 1e21, 1e-7], "[1,0,1e+21,1e-7]"],
    ["an object without a prototype", Object.assign(Object.create(null), { b: 1, a: 2 }), '{"a":2,"b":1}'],
    ["a member called __proto__", JSON.parse('{"__proto__":{"x":1}}'), '{"__proto__":{"x":1}}'],
    [
      "members called as methods are",
      { toJSON: 1, constructor: 2, length: 3 },
      '{"constructor":2,"length":3,"toJSON":1}',
    ],
    ["a frozen value", Object.freeze({ b: Object.freeze([1]), a: 2 }), '{"a":2,"b":[1]}'],
  ])("%s", (_, value, text) => {
    expect(canonicalizeValue(value)).toEqual({ ok: true, value: text });
  });

  it("takes a value that is shared, but in no cycle", () => {
    const shared = { a: [1] };
    expect(canonicalizeValue({ x: shared, y: [shared, shared], z: shared.a })).toEqual({
      ok: true,
      value: '{"x":{"a":[1]},"y":[{"a":[1]},{"a":[1]}],"z":[1]}',
    });
  });
});

describe("canonicalizeValue: refusals", () => {
  const cyclic: { a: unknown[] } = { a: [0] };
  cyclic.a.push({ b: cyclic });
  const selfish: unknown[] = [];
  selfish.push(selfish);

  it.each<[what: string, value: unknown, found: ValueFailure["found"], path: (string | number)[]]>([
    ["undefined", undefined, "undefined", []],
    ["an undefined member", { a: { b: undefined } }, "undefined", ["a", "b"]],
    ["an undefined element", [1, undefined], "undefined", [1]],
    ["a function", { run: () => 1 }, "function", ["run"]],
    ["a symbol", [Symbol("s")], "symbol", [0]],
    ["a bigint", { size: 1n }, "bigint", ["size"]],
    ["NaN", { a: [Number.NaN] }, "not-a-number", ["a", 0]],
    ["Infinity", [Number.POSITIVE_INFINITY], "infinity", [0]],
    ["-Infinity", [[Number.NEGATIVE_INFINITY]], "infinity", [0, 0]],
    ["a hole", Object.assign([], { length: 2, 0: 1 }), "hole", [1]],
    ["nothing but holes", Object.assign([], { length: 2 }), "hole", [0]],
    ["a cycle through objects", cyclic, "cycle", ["a", 1, "b"]],
    ["a cycle of an array", selfish, "cycle", [0]],
    ["a lone surrogate", { a: "x\ud800" }, "lone-surrogate", ["a"]],
    ["a lone surrogate in a key", { a: { "\udc00": 1 } }, "lone-surrogate", ["a", "\udc00"]],
    ["a date", { when: new Date(0) }, "class-instance", ["when"]],
    ["a map", [new Map([["a", 1]])], "class-instance", [0]],
    ["a set", new Set(), "class-instance", []],
    ["a regular expression", { a: /x/ }, "class-instance", ["a"]],
    ["bytes", { a: Buffer.from("x") }, "class-instance", ["a"]],
    ["a boxed number", [Object(1)], "class-instance", [0]],
    ["an error", [new Error("x")], "class-instance", [0]],
    ["an object that spells itself", { a: { toJSON: () => 1 } }, "class-instance", ["a"]],
    ["an array that spells itself", Object.assign([1], { toJSON: () => 1 }), "class-instance", []],
    ["an array with a name on it", { a: Object.assign([1], { note: "lost" }) }, "class-instance", ["a"]],
    [
      "a getter",
      {
        get a() {
          return 1;
        },
      },
      "accessor",
      ["a"],
    ],
    ["a member named by a symbol", { a: { [Symbol("s")]: 1 } }, "symbol-key", ["a"]],
  ])("%s", (_, value, found, path) => {
    expect(canonicalizeValue(value)).toEqual({
      ok: false,
      failure: { reason: "value-not-json", found, path },
    });
  });

  it("100,000 nested arrays or objects", () => {
    let object: unknown = {};
    for (let level = 0; level < 100_000; level++) object = { a: object };
    for (const value of [nestedArray(100_000), object]) {
      expect(canonicalizeValue(value)).toMatchObject({
        ok: false,
        failure: { reason: "value-not-json", found: "too-deep" },
      });
    }
  });

  it("the bound on depth is the reader's", () => {
    expect(canonicalizeValue(nestedArray(MAX_DEPTH)).ok).toBe(true);
    expect(canonicalizeValue(nestedArray(MAX_DEPTH + 1)).ok).toBe(false);
  });
});

it("passes over hidden members, which no JSON writer sees", () => {
  const value = Object.defineProperty({ b: 1 }, "a", { value: 1, enumerable: false });
  expect(canonicalizeValue(value)).toEqual({ ok: true, value: stringify(value) });
});
