import { describe, expect, test } from "vitest";
import { parsePluginOptions, parseRunTaskOptions, parseVerifyPinsOptions } from "../../src/plugin/options.ts";

describe("parsePluginOptions", () => {
  test("no options are the defaults", () => {
    expect(parsePluginOptions(undefined)).toEqual({
      generateTargetName: "generate",
      checkTargetName: "check",
      verifyPinsTargetName: "verify-pins",
    });
  });

  test("all options", () => {
    const names = { generateTargetName: "build", checkTargetName: "gate", verifyPinsTargetName: "drift" };
    const options = { ...names, ids: "none", concurrency: 3 };
    expect(parsePluginOptions(options)).toEqual(options);
  });

  test("all that is wrong is named at once, unknown keys included", () => {
    expect(() => parsePluginOptions({ concurency: 2, ids: "fast", concurrency: 0 })).toThrow(
      /ids[^]*concurrency[^]*concurency/,
    );
  });

  test("two targets cannot have one name", () => {
    for (const options of [{ checkTargetName: "generate" }, { verifyPinsTargetName: "check" }]) {
      expect(() => parsePluginOptions(options)).toThrow("are the same");
    }
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

describe("parseVerifyPinsOptions", () => {
  test("takes what is to be verified", () => {
    expect(parseVerifyPinsOptions({ files: ["a.pins.json"], maxAge: "7d" })).toEqual({
      files: ["a.pins.json"],
      families: [],
      also: [],
      maxAge: "7d",
      attested: false,
      allowLoopbackHttp: false,
    });
  });

  test("refuses to verify nothing, which the command line would take for everything", () => {
    for (const options of [undefined, {}, { files: [], families: [] }]) {
      expect(() => parseVerifyPinsOptions(options)).toThrow("neither files nor families");
    }
  });

  test("refuses what it does not know", () => {
    expect(() => parseVerifyPinsOptions({ files: ["a"], maxage: "7d" })).toThrow("maxage");
  });
});
