import { describe, expect, it } from "vitest";
import {
  PIN_CLASSES,
  PIN_CLASS_WORDS,
  pinNextStep,
  pinNextSteps,
  standingOf,
} from "../../src/pin-report/class-words.ts";
import { pinResult } from "./sample-pin-report.ts";

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

const at = (path: string, pointer: string | null) => [{ path, pointer, line: 1 }];

describe("the next step", () => {
  const inFile = pinResult({ class: "drift", places: at("a.pins.json", "/pins/3") });
  const inline = pinResult({ class: "drift", method: "inline", places: at("m.json", "/sources/x") });

  it.each([
    ["a manifest", at("m.json", "/sources/org.osbuild.curl/items/sha256:ab")],
    ["a program", at("a.pins.json", "/sources/0")],
    ["a place that a program names", at("smoke.py", null)],
    ["another document", at("other.json", "/pins/3")],
  ])("of drift that is pinned by %s does not send to pins update", (_, places) => {
    expect(pinNextStep(pinResult({ class: "drift", places }))).toMatch(
      /^Do not use them before .*pins files only\.$/,
    );
  });

  it("of drift that is pinned in a pins file, too, is pins update", () => {
    const places = [...at("m.json", "/x"), ...inFile.places];
    expect(pinNextStep(pinResult({ class: "drift", places }))).toBe(PIN_CLASS_WORDS.drift.next);
  });

  it("of bytes in a manifest is to make it anew", () => {
    expect(pinNextStep(inline)).toContain("generate the manifest anew");
    expect(pinNextStep(pinResult({ class: "gone", method: "inline" }))).toBe(PIN_CLASS_WORDS.gone.next);
  });

  it("of several results says each step once", () => {
    const steps = pinNextSteps([inFile, inline, inFile]);
    expect(steps).toBe(`${pinNextStep(inFile)} ${pinNextStep(inline)}`);
  });
});
