import { describe, expect, it } from "vitest";
import {
  currentCause,
  openState,
  pressKey,
  showDifference,
  shownCauses,
  type Key,
  type ReviewState,
} from "../../src/review/state.ts";
import { acceptedIds } from "../../src/review/view.ts";
import { TWO } from "./explanations.ts";

function press(...keys: readonly Key[]): ReviewState {
  return keys.reduce(pressKey, openState(TWO));
}

describe("deciding", () => {
  it("goes on to the next cause, and can be taken back", () => {
    const state = press("a", "r");
    expect([...state.decisions]).toEqual([
      ["c1", "accepted"],
      ["c2", "rejected"],
    ]);
    expect(acceptedIds(state)).toEqual(new Set(["c1"]));
    expect([...pressKey(state, "s").decisions]).toEqual([["c1", "accepted"]]);
  });

  it.each([
    [["down"], "c2"],
    [["j", "k"], "c1"],
    [["up"], "c1"],
    [["down", "down"], "c2"],
  ])("%j looks at %s", (keys, id) => {
    expect(currentCause(press(...keys))?.id).toBe(id);
  });
});

describe("a search", () => {
  it.each([
    ["chrony", ["c1"]],
    ["QCOW2", ["c1"]],
    ["oci", ["c1", "c2"]],
    ["nothing", []],
  ])("for %s shows %j", (text, ids) => {
    const state = press("/", ...text, "return");
    expect(shownCauses(state).map(({ id }) => id)).toEqual(ids);
  });

  it("is left by escape, corrected by backspace, and takes letters that are commands elsewhere", () => {
    expect(press("/", "a", "escape")).toMatchObject({ search: "", screen: { kind: "causes" } });
    expect(press("/", "a", "r", "backspace", "q", "return")).toMatchObject({ search: "aq", end: null });
    expect(press("/", "x", "return", "escape").search).toBe("");
  });

  it("that hides everything leaves nothing to decide", () => {
    const state = press("/", "x", "x", "return", "a", "d");
    expect(state).toMatchObject({ decisions: new Map(), screen: { kind: "causes" } });
  });
});

describe("a manifest", () => {
  it("is looked up, scrolled, and followed by the cause's others", () => {
    const looking = press("d");
    expect(looking.screen).toEqual({ kind: "manifest", name: "ami", lines: null, top: 0 });
    const shown = showDifference(looking, "ami", ["one", "two"]);
    expect(pressKey(shown, "down").screen).toMatchObject({ lines: ["one", "two"], top: 1 });
    expect(pressKey(pressKey(shown, "down"), "pagedown").screen).toMatchObject({ top: 1 });
    expect(pressKey(shown, "n").screen).toMatchObject({ name: "oci", lines: null });
    expect(pressKey(shown, "p").screen).toMatchObject({ name: "ami" });
    expect(pressKey(shown, "q")).toMatchObject({ screen: { kind: "causes" }, end: null });
  });

  it("that is no longer looked at is not shown", () => {
    const state = press("d", "n");
    expect(showDifference(state, "ami", ["late"])).toBe(state);
  });
});

describe("the end", () => {
  it.each<[readonly Key[], ReviewState["end"]]>([
    [["q"], "leave"],
    [["a", "q"], null],
    [["a", "q", "y"], "write"],
    [["a", "q", "q"], "leave"],
    [["a", "q", "n"], null],
    [["a", "q", "escape", "q", "y"], "write"],
    [["x", "return", "escape", "y"], null],
  ])("after %j is %s", (keys, end) => {
    expect(press(...keys).end).toBe(end);
  });
});
