import { describe, expect, it } from "vitest";
import { textPosition } from "../../src/json/failure.ts";

describe("textPosition", () => {
  const bytes = Buffer.from("ab\né𝄞x\r\n\nz");

  it.each([
    ["the start", 0, 1, 1],
    ["inside a line", 1, 1, 2],
    ["a newline, which ends its line", 2, 1, 3],
    ["after a newline", 3, 2, 1],
    ["after two bytes of one character", 5, 2, 2],
    ["after four bytes of one character", 9, 2, 3],
    ["a newline after a carriage return", 11, 2, 5],
    ["an empty line", 12, 3, 1],
    ["the last line", 13, 4, 1],
    ["the end", 14, 4, 2],
  ])("%s", (_, offset, line, column) => {
    expect(textPosition(bytes, offset)).toEqual({ offset, line, column });
  });
});
