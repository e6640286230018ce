import { expect, it } from "vitest";
import { escapeText, formatCommand, lastLines } from "../../src/messages/escape.ts";
import { formatCount, formatDuration, formatNames, formatSize } from "../../src/messages/units.ts";

it.each([
  [0.04, "0 ms"],
  [0.44, "0.4 ms"],
  [12.6, "13 ms"],
  [999.7, "1 s"],
  [3_210, "3.2 s"],
  [60_000, "1 min"],
  [125_000, "2 min 5 s"],
])("%d milliseconds are %s", (milliseconds, text) => expect(formatDuration(milliseconds)).toBe(text));

it.each([
  [1, "1 byte"],
  [1_023, "1023 bytes"],
  [1_536, "1.5 KiB"],
  [64 * 1024 * 1024, "64 MiB"],
  [5 * 1024 ** 5, "5120 TiB"],
])("%d bytes are %s", (bytes, text) => expect(formatSize(bytes)).toBe(text));

it("counts and lists", () => {
  expect([formatCount(1, "entry", "entries"), formatCount(2, "entry", "entries")]).toEqual([
    "1 entry",
    "2 entries",
  ]);
  expect(formatNames(["a", "b", "c"], 2)).toBe("a, b and 1 more");
});

it("makes texts that a terminal and a shell take for what they are", () => {
  expect(escapeText("a\u001b\u009b\ud800é😀\u{e0001}")).toBe("a\\u001b\\u009b\\ud800é😀\\udb40\\udc01");
  expect(formatCommand(["git", "rm", "it's", "", "$x"])).toBe("git rm 'it'\\''s' '' '$x'");
  expect(lastLines("\u001b[31ma\u001b[0m\r\n\n b\n", 5)).toEqual(["a", " b"]);
});
