import { describe, expect, it } from "vitest";
import { OptionReader } from "../../src/arguments/option-reader.ts";

describe("options", () => {
  it("become values", () => {
    const reader = new OptionReader({
      json: true,
      limit: "12",
      ids: "none",
      maxSize: "2MiB",
      maxAge: "12h",
      shard: "3/8",
      timeout: "90s",
    });
    expect([
      reader.flag("json"),
      reader.flag("other"),
      reader.count("limit"),
      reader.choice("ids", ["none", "builtin"]),
      reader.size("max-size"),
      reader.age("max-age"),
      reader.text("config"),
      reader.part("shard"),
      reader.duration("timeout"),
    ]).toEqual([true, false, 12, "none", 2_097_152, 43_200_000, undefined, { index: 3, count: 8 }, 90_000]);
    expect(reader.problems).toEqual([]);
  });

  it("that are wrong are all named", () => {
    const reader = new OptionReader({
      json: [true, true],
      config: { path: "x" },
      root: "",
      limit: "1.5",
      ids: "some",
      maxSize: "12 parsecs",
      maxAge: "-1d",
    });
    reader.flag("json");
    reader.text("config");
    reader.text("root");
    reader.count("limit");
    reader.choice("ids", ["none"]);
    reader.size("max-size");
    reader.age("max-age");
    expect(reader.problems).toHaveLength(7);
    expect(reader.problems[3]).toBe('--limit takes a whole number from 1, not "1.5"');
  });
});
