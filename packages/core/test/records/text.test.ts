import { describe, expect, it } from "vitest";
import { readRecordLines } from "../../src/records/text.ts";

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

describe("readRecordLines", () => {
  it("numbers lines from 1", () => {
    expect(readRecordLines("a\nb\n")).toEqual({
      ok: true,
      value: [
        { line: 1, text: "a" },
        { line: 2, text: "b" },
      ],
    });
  });

  it("reads bytes that are a part of a larger buffer", () => {
    expect(readRecordLines(utf8("xxä\nyy").subarray(2, 5))).toEqual({
      ok: true,
      value: [{ line: 1, text: "ä" }],
    });
  });

  it.each([
    ["an empty file", "", { reason: "empty" }],
    ["a byte order mark", "\u{feff}a\n", { reason: "byte-order-mark" }],
    ["a byte order mark alone", "\u{feff}", { reason: "byte-order-mark" }],
    ["CRLF", "a\nb\r\nc\n", { reason: "carriage-return", line: 2, text: "b\r" }],
    ["a carriage return inside a line", "a\rb\n", { reason: "carriage-return", line: 1, text: "a\rb" }],
    ["CRLF before a cut line", "a\r\nb", { reason: "carriage-return", line: 1, text: "a\r" }],
    ["a missing last line feed", "a\nb", { reason: "truncated", line: 2, text: "b" }],
    ["a trailing blank line", "a\n\n", { reason: "blank-line", line: 2, text: "" }],
    ["a blank line inside", "a\n\nb\n", { reason: "blank-line", line: 2, text: "" }],
    ["one line feed alone", "\n", { reason: "blank-line", line: 1, text: "" }],
  ])("refuses %s", (_, text, failure) => {
    expect(readRecordLines(text)).toEqual({ ok: false, failure });
    expect(readRecordLines(utf8(text))).toEqual({ ok: false, failure });
  });

  it("refuses malformed UTF-8", () => {
    expect(readRecordLines(Uint8Array.of(0x61, 0xff, 0x0a))).toEqual({
      ok: false,
      failure: { reason: "not-utf8" },
    });
  });

  it.each([
    ["ours", "<<<<<<< HEAD\na\n", 1, "<<<<<<< HEAD"],
    ["the base", "a\n||||||| 1a2b3c4\n", 2, "||||||| 1a2b3c4"],
    ["the middle", "a\n=======\nb\n", 2, "======="],
    ["theirs", "a\n>>>>>>> topic\n", 2, ">>>>>>> topic"],
    ["a marker behind a byte order mark", "\u{feff}<<<<<<< HEAD\n", 1, "\u{feff}<<<<<<< HEAD"],
    ["a marker with CRLF", "a\r\n=======\r\n", 2, "=======\r"],
    ["a marker as the cut last line", "a\n>>>>>>> topic", 2, ">>>>>>> topic"],
    ["a longer marker", "<<<<<<<<<<< HEAD\n", 1, "<<<<<<<<<<< HEAD"],
  ])("names %s of a conflict before anything else", (_, content, line, text) => {
    const failure = { reason: "conflict-marker", line, text };
    expect(readRecordLines(content)).toEqual({ ok: false, failure });
  });

  it("sees a conflict in a file that is not UTF-8", () => {
    const content = Buffer.concat([Uint8Array.of(0xff, 0x0a), utf8("<<<<<<< HEAD\n")]);
    expect(readRecordLines(content)).toMatchObject({ failure: { reason: "conflict-marker", line: 2 } });
  });

  it("does not take other lines for markers", () => {
    expect(readRecordLines("<<<<<< a\n=======x\n").ok).toBe(true);
  });
});
