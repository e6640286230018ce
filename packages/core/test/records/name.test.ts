import { describe, expect, it } from "vitest";
import {
  findNameCollisions,
  isManifestName,
  recordedManifestName,
  recordFileName,
} from "../../src/records/name.ts";

describe("isManifestName", () => {
  it.each(["fedora_43-x86_64-qcow2-empty", "a", "A.B+c-1", "-", "a..b"])("accepts %j", (name) => {
    expect(isManifestName(name)).toBe(true);
  });

  it.each(["", ".", "..", ".hidden", "a/b", "../a", "a\\b", "a b", "a\n", "ä", "a:b", "a\0"])(
    "refuses %j",
    (name) => {
      expect(isManifestName(name)).toBe(false);
    },
  );
});

describe("recordFileName", () => {
  it.each([
    ["fedora", ".sum", "fedora.sum"],
    ["fedora", "", "fedora"],
    ["fedora.sum", ".sum", "fedora.sum.sum"],
  ])("puts %s and %j together", (name, extension, fileName) => {
    expect(recordFileName(name, extension)).toBe(fileName);
    expect(recordedManifestName(fileName, extension)).toBe(name);
  });
});

describe("recordedManifestName", () => {
  it.each([
    ["another extension", "fedora.txt", ".sum"],
    ["an extension in other letters", "fedora.SUM", ".sum"],
    ["a temporary file", ".fedora.sum", ".sum"],
    ["the extension alone", ".sum", ".sum"],
    ["a name outside the grammar", "a b.sum", ".sum"],
  ])("is null for %s", (_, fileName, extension) => {
    expect(recordedManifestName(fileName, extension)).toBeNull();
  });
});

describe("findNameCollisions", () => {
  it("finds none in distinct names", () => {
    expect(findNameCollisions(["a", "b", "a.b", "a-b"])).toEqual([]);
  });

  it("groups names that differ in case only, and repeated ones, as given", () => {
    expect(findNameCollisions(["Fedora", "x", "b", "fedora", "b", "FEDORA"])).toEqual([
      ["Fedora", "fedora", "FEDORA"],
      ["b", "b"],
    ]);
  });

  it("folds ASCII letters only", () => {
    expect(findNameCollisions(["\u{130}", "i", "\u{212a}", "k"])).toEqual([]);
  });
});
