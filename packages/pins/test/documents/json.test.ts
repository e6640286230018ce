import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonPath } from "@imagegate/core";
import { readJsonDocument } from "../../src/documents/json.ts";

function read(text: string) {
  const document = readJsonDocument(Buffer.from(text));
  if (!document.ok) throw new Error(document.failure.reason);
  return document.value;
}

describe("a JSON document", () => {
  it("knows the line of every value, of a member that of its value", () => {
    const { lineOf } = read('{\n "a": [\n  1, {"b/c":\n 2}],\r\n "": null}');
    expect(lineOf([])).toBe(1);
    expect(lineOf(["a"])).toBe(2);
    expect(lineOf(["a", 0])).toBe(3);
    expect(lineOf(["a", 1, "b/c"])).toBe(4);
    expect(lineOf([""])).toBe(5);
    expect(lineOf(["b"])).toBeNull();
    expect(lineOf(["a", "0"])).toBeNull();
  });

  it("finds every value in its line, one a line", () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1 }), (texts) => {
        const { lineOf } = read(JSON.stringify(texts, null, 1));
        expect(texts.map((_, index) => lineOf([index]))).toEqual(texts.map((_, index) => index + 2));
      }),
    );
  });

  it("has no key twice, however many readers would take it", () => {
    expect(readJsonDocument(Buffer.from('{"a":1,\n"a":2}'))).toMatchObject({
      ok: false,
      failure: { reason: "json-duplicate-key", at: { line: 2, column: 1 } },
    });
  });

  it("keeps members that objects would take for their own", () => {
    const { value, lineOf } = read('{"__proto__":\n{"a":1}}');
    expect(Object.keys(value as object)).toEqual(["__proto__"]);
    expect(lineOf(["__proto__", "a"] satisfies JsonPath)).toBe(2);
  });
});
