import { describe, expect, test } from "vitest";
import { parsePluginOptions, parseRunTaskOptions } from "../../src/plugin/options.ts";

describe("parsePluginOptions", () => {
  test("no options are the defaults", () => {
    expect(parsePluginOptions(undefined)).toEqual({
      generateTargetName: "generate",
      checkTargetName: "check",
    });
  });

  test("all options", () => {
    const options = { generateTargetName: "build", checkTargetName: "gate", ids: "none", concurrency: 3 };
    expect(parsePluginOptions(options)).toEqual(options);
  });

  test("all that is wrong is named at once, unknown keys included", () => {
    expect(() => parsePluginOptions({ concurency: 2, ids: "fast", concurrency: 0 })).toThrow(
      /ids[^]*concurrency[^]*concurency/,
    );
  });

  test("two targets cannot have one name", () => {
    expect(() => parsePluginOptions({ checkTargetName: "generate" })).toThrow("are the same");
  });
});

describe("parseRunTaskOptions", () => {
  test("takes ids and concurrency", () => {
    expect(parseRunTaskOptions({ ids: "osbuild", concurrency: 2 })).toEqual({
      ids: "osbuild",
      concurrency: 2,
    });
  });

  test("refuses what it does not know", () => {
    expect(() => parseRunTaskOptions({ filter: "x" })).toThrow("filter");
  });
});
