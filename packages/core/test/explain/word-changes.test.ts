import { expect, it } from "vitest";
import { changedWords } from "../../src/explain/word-changes.ts";

it.each([
  ["ro", "ro quiet", "+ quiet", true],
  ["ro rhgb quiet", "ro quiet splash", "− rhgb, + splash", true],
  ["ro a b", "ro b a quiet", "+ quiet", false],
  ["ro", "ro quiet quiet", "+ quiet", false],
  ["ro a", "ro\ta quiet", "+ quiet", false],
  ["one\ntwo three", "one\ntwo", "− three", true],
])("of %j and %j", (before, after, text, isAll) => {
  expect(changedWords(before, after)).toEqual({ text, isAll });
});

it.each([
  ["single words", "a", "b"],
  ["another order", "a b", "b a"],
  ["many words", "x", "a b c d e f g"],
  ["long texts", "x ".repeat(6_000), "y ".repeat(6_000)],
])("does not tell of %s", (_, before, after) => {
  expect(changedWords(before, after)).toBeNull();
});
