import { describe, expect, it } from "vitest";
import { stage, stageBuilder } from "../../src/stages/stage.ts";

describe("stage", () => {
  it("has no key that it was not given", () => {
    expect(Object.keys(stage("org.osbuild.noop", {}))).toEqual(["type", "options"]);
    expect(Object.keys(stage("org.osbuild.noop", {}, { mounts: [] }))).toEqual(["type", "options", "mounts"]);
  });
});

describe("stageBuilder", () => {
  it("builds stages of one type", () => {
    const noop = stageBuilder<{ readonly value: number }>("org.osbuild.noop");
    expect(noop({ value: 1 })).toEqual({ type: "org.osbuild.noop", options: { value: 1 } });
  });
});
