import { describe, expect, it } from "vitest";
import { ROOT, memberOf } from "../../src/json/tape.ts";
import { JsonNumber, isJsonArray, isJsonObject, valueOf } from "../../src/json/value.ts";
import { readTape } from "./read-tape.ts";

describe("valueOf", () => {
  it("gives maps, arrays, texts and number texts", () => {
    expect(valueOf(readTape('{"b":[1.0,"\\u00e9",null],"a":{"c":true,"d":false}}'))).toEqual(
      new Map<string, unknown>([
        ["b", [new JsonNumber("1.0"), "é", null]],
        [
          "a",
          new Map([
            ["c", true],
            ["d", false],
          ]),
        ],
      ]),
    );
  });

  it("gives any node's value", () => {
    const tape = readTape('{"a":[1],"b":[2]}');
    expect(valueOf(tape, memberOf(tape, ROOT, "b"))).toEqual([new JsonNumber("2")]);
  });

  it("tells objects, arrays and numbers apart", () => {
    const values = [valueOf(readTape("{}")), valueOf(readTape("[]")), valueOf(readTape("0")), undefined];
    expect(values.map(isJsonObject)).toEqual([true, false, false, false]);
    expect(values.map(isJsonArray)).toEqual([false, true, false, false]);
  });
});
