import { readJson, valueOf } from "@imagegate/core";
import { describe, expect, it } from "vitest";
import { formatJson } from "../../src/shell/json.ts";

describe("JSON output", () => {
  it("keeps numbers, keys and their order, and leaves out what is undefined", () => {
    const text = '{"b":9007199254740993,"__proto__":[1.0,null,true],"1":{}}';
    const tape = readJson(text);
    if (!tape.ok) throw new Error("the text is JSON");
    expect(formatJson(valueOf(tape.value))).toBe(text);
    expect(formatJson({ a: undefined, b: new Error("why") })).toBe('{"b":"why"}');
  });

  it("cannot drive a terminal, and means the same", () => {
    const hostile = "\u001b[2J\u009b\u202e\u2028\n";
    const text = formatJson([hostile]);
    expect(text).toMatch(/^[\x20-\x7e]*$/);
    expect(JSON.parse(text)).toEqual([hostile]);
  });
});
