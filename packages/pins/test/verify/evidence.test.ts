import { expect, test } from "vitest";
import { firstText, isPage } from "../../src/verify/evidence.ts";

const bytes = (text: string): Uint8Array => Buffer.from(text);

test.each<[string, Uint8Array, string | null]>([
  ["text", bytes("sha256sum\n\tof it"), "sha256sum\n\tof it"],
  ["text beyond 80 characters", bytes("ä".repeat(100)), "ä".repeat(80)],
  ["text that ends within a character", bytes("äö").subarray(0, 3), "ä"],
  ["nothing", bytes(""), null],
  ["bytes that are no text", Uint8Array.of(0x1f, 0x8b, 0x08), null],
  ["what would move a terminal's cursor", bytes("\u001b[2Jok"), null],
  ["a NUL", bytes("a\0b"), null],
])("the first text of %s", (_, sample, expected) => expect(firstText(sample)).toBe(expected));

test.each<[boolean, string, string | null, string]>([
  [true, "the type", "text/html; charset=utf-8", "anything"],
  [true, "the type of XHTML", "application/xhtml+xml", ""],
  [true, "its beginning", null, "<!doctype html><p>"],
  [true, "its beginning in other case, after blanks", "application/octet-stream", "\n\n <HTML lang=en>"],
  [true, "its beginning after a mark and a comment", null, "\ufeff<!-- saved -->\n<head>"],
  [true, "its beginning after a declaration", null, '<?xml version="1.0"?><!DOCTYPE html PUBLIC "x">'],
  [false, "other XML", "application/xml", '<?xml version="1.0"?><metalink>'],
  [false, "text that speaks of it", "text/plain", "see <html>"],
  [false, "something that begins alike", null, "<hypertext>"],
])("whether it is a page: %s, by %s", (expected, _, contentType, text) => {
  expect(isPage(contentType, bytes(text))).toBe(expected);
});
