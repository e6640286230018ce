import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { propertySeed } from "../property-seed.ts";

describe("the seed of the properties", () => {
  it("is one for all runs, and every property has it", () => {
    expect(propertySeed(undefined)).toEqual({ seed: expect.any(Number) as unknown });
    expect(propertySeed("")).toEqual(propertySeed(undefined));
    expect(fc.readConfigureGlobal()).toEqual(propertySeed(process.env["IMAGEGATE_TEST_SEED"]));
  });

  it("is another one, or none, when the variable says so", () => {
    expect(propertySeed("42")).toEqual({ seed: 42 });
    expect(propertySeed("-7")).toEqual({ seed: -7 });
    expect(propertySeed("random")).toEqual({});
  });

  it.each(["Random", "1.5", "0x10", "12345678901", " 1"])("is not %j", (variable) => {
    expect(() => propertySeed(variable)).toThrow("IMAGEGATE_TEST_SEED");
  });
});
