import { describe, expect, it } from "vitest";
import { mergeSettings } from "../src/settings.ts";
import { locale } from "../src/stages/system.ts";

describe("mergeSettings", () => {
  it("replaces single settings", () => {
    const merged = mergeSettings({ locale: "C.UTF-8", timezone: "UTC" }, { timezone: "Europe/Berlin" });
    expect(merged).toMatchObject({ locale: "C.UTF-8", timezone: "Europe/Berlin" });
  });

  it("adds lists to lists", () => {
    const [first, second] = [locale({ language: "a" }), locale({ language: "b" })];
    const merged = mergeSettings(
      { enabledServices: ["a"], stages: [first] },
      { enabledServices: ["b"], disabledServices: ["c"], stages: [second] },
    );
    expect(merged).toMatchObject({
      enabledServices: ["a", "b"],
      disabledServices: ["c"],
      maskedServices: [],
    });
    expect(merged.stages).toEqual([first, second]);
  });

  it("adds or replaces accounts and files by name", () => {
    const merged = mergeSettings(
      { users: { root: { password: "a" }, admin: {} }, files: [{ path: "/a", content: "1" }] },
      {
        users: { root: { password: "b" } },
        files: [
          { path: "/b", content: "2" },
          { path: "/a", content: "3" },
        ],
      },
    );
    expect(merged.users).toEqual({ root: { password: "b" }, admin: {} });
    expect(merged.files).toEqual([
      { path: "/a", content: "3" },
      { path: "/b", content: "2" },
    ]);
  });
});
