import { describe, expect, it } from "vitest";
import { PIN_CLASSES, PIN_CLASS_WORDS, standingOf } from "../../src/pin-report/class-words.ts";

describe("the words of the classes", () => {
  it("are a sentence of what it means and one of what to do, for each class once", () => {
    expect(PIN_CLASSES.toSorted()).toEqual(Object.keys(PIN_CLASS_WORDS).toSorted());
    for (const { sentence, next } of Object.values(PIN_CLASS_WORDS)) {
      expect(sentence).toMatch(/^[A-Z].*\.$/);
      expect(next).toMatch(/^[A-Z].*\.$/);
    }
  });

  it("speak of tampering with drift, and with nothing else", () => {
    const speaking = PIN_CLASSES.filter((name) => /tamper/i.test(JSON.stringify(PIN_CLASS_WORDS[name])));
    expect(speaking).toEqual(["drift"]);
  });
});

describe("a result", () => {
  it.each([
    ["ok", "passed"],
    ["drift", "failed"],
    ["gone", "failed"],
    ["size-mismatch", "failed"],
    ["not-an-artifact", "failed"],
    ["expired-allowance", "failed"],
    ["denied", "undecided"],
    ["unreachable", "undecided"],
    ["truncated", "undecided"],
    ["blocked", "undecided"],
  ] as const)("of class %s has %s", (name, standing) => {
    expect(standingOf({ class: name, isAllowed: false })).toBe(standing);
    expect(standingOf({ class: name, isAllowed: true })).toBe(name === "ok" ? "passed" : "allowed");
  });
});
