import { describe, expect, it } from "vitest";
import { formatPointer } from "../../src/json/pointer.ts";

describe("formatPointer", () => {
  it.each<[path: (string | number)[], pointer: string]>([
    [[], ""],
    [["foo"], "/foo"],
    [["foo", 0], "/foo/0"],
    [[""], "/"],
    [["a/b"], "/a~1b"],
    [["m~n"], "/m~0n"],
    [["~1"], "/~01"],
    [["a b", "\u00e9"], "/a b/\u00e9"],
  ])("RFC 6901 §5: %j", (path, pointer) => {
    expect(formatPointer(path)).toBe(pointer);
  });
});
