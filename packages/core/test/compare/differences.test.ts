import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Difference } from "../../src/compare/difference.ts";
import { compareDocuments, compareManifests } from "../../src/compare/differences.ts";
import { isJsonArray, isJsonObject, type JsonValue } from "../../src/json/value.ts";
import {
  anyDocument,
  anyManifest,
  canonicalText,
  fromPlain,
  resolve,
  withoutDifferences,
  type Plain,
} from "./documents.ts";

const stage = (type: string, options: Plain = {}): Plain => ({ type: `org.osbuild.${type}`, options });
const manifest = (pipelines: readonly Plain[], rest: Record<string, Plain> = {}): Plain => ({
  version: "2",
  pipelines,
  ...rest,
});

function compare(before: Plain, after: Plain): readonly Difference[] {
  return compareManifests(fromPlain(before), fromPlain(after));
}

/** A manifest of one pipeline with stages of these types. */
const types = (...names: string[]): Plain =>
  manifest([{ name: "os", stages: names.map((name) => stage(name)) }]);

const empty = (name: string): Plain => ({ name, stages: [] });

describe("compareManifests", () => {
  const build = { name: "build", runner: "org.osbuild.fedora43", stages: [stage("rpm"), stage("selinux")] };
  const os = {
    name: "os",
    build: "name:build",
    stages: [stage("rpm"), stage("kernel-cmdline", { kernel_opts: "ro" }), stage("locale")],
  };

  it("names the stage and the option that changed", () => {
    const opts = stage("kernel-cmdline", { kernel_opts: "ro quiet" });
    const after = manifest([build, { ...os, stages: [stage("rpm"), stage("users"), opts, stage("locale")] }]);
    expect(compare(manifest([build, os]), after)).toEqual([
      {
        place: { kind: "stage", pipeline: "os", stage: "org.osbuild.users", index: 1 },
        path: [],
        change: "added",
        after: { pointer: "/pipelines/1/stages/1", value: fromPlain(stage("users")) },
      },
      {
        place: { kind: "stage", pipeline: "os", stage: "org.osbuild.kernel-cmdline", index: 2 },
        path: ["options", "kernel_opts"],
        change: "changed",
        before: { pointer: "/pipelines/1/stages/1/options/kernel_opts", value: "ro" },
        after: { pointer: "/pipelines/1/stages/2/options/kernel_opts", value: "ro quiet" },
      },
    ]);
  });

  it("names a stage that is gone by its old index, and one that moved by its new", () => {
    expect(
      compare(types("rpm", "users", "locale", "selinux"), types("selinux", "rpm", "locale")),
    ).toMatchObject([
      { change: "moved", place: { stage: "org.osbuild.selinux", index: 0 }, path: [] },
      { change: "removed", place: { stage: "org.osbuild.users", index: 1 }, path: [] },
    ]);
  });

  it("names a pipeline that came, went or moved", () => {
    const tree = { name: "tree", stages: [stage("copy")] };
    expect(compare(manifest([build, os]), manifest([tree, build]))).toMatchObject([
      {
        change: "added",
        place: { kind: "pipeline", pipeline: "tree" },
        path: [],
        after: { pointer: "/pipelines/0" },
      },
      {
        change: "removed",
        place: { kind: "pipeline", pipeline: "os" },
        path: [],
        before: { pointer: "/pipelines/1" },
      },
    ]);
    expect(compare(manifest([build, os, tree]), manifest([tree, build, os]))).toMatchObject([
      { change: "moved", place: { kind: "pipeline", pipeline: "tree" }, before: { pointer: "/pipelines/2" } },
    ]);
  });

  it("sees a renamed pipeline as one whose name changed", () => {
    expect(compare(manifest([build, os]), manifest([build, { ...os, name: "root" }]))).toEqual([
      {
        place: { kind: "pipeline", pipeline: "root" },
        path: ["name"],
        change: "changed",
        before: { pointer: "/pipelines/1/name", value: "os" },
        after: { pointer: "/pipelines/1/name", value: "root" },
      },
    ]);
  });

  it("does not take two pipelines without stages for one renamed", () => {
    expect(compare(manifest([empty("a")]), manifest([empty("b")]))).toMatchObject([
      { change: "removed" },
      { change: "added" },
    ]);
  });

  it("sees a pipeline that was renamed and changed when four fifths of its stages are the same", () => {
    const stages = ["rpm", "locale", "hostname", "timezone", "users"].map((name) => stage(name));
    const renamed = { name: "root", stages: stages.with(2, stage("hostname", { hostname: "h" })) };
    expect(compare(manifest([{ name: "os", stages }]), manifest([renamed]))).toMatchObject([
      { place: { kind: "pipeline", pipeline: "root" }, path: ["name"], change: "changed" },
      {
        place: { pipeline: "root", stage: "org.osbuild.hostname" },
        path: ["options", "hostname"],
        change: "added",
      },
    ]);
    const other = { name: "root", stages: [stage("tar"), stage("ovf"), ...stages.slice(2)] };
    expect(compare(manifest([{ name: "os", stages }]), manifest([other]))).toMatchObject([
      { change: "removed", path: [] },
      { change: "added", path: [] },
    ]);
  });

  const files = (name: string, size: number): Plain =>
    stage("mkfs.ext4", { label: name, mount: `/${name}`, size });
  const onePipeline = (...stages: readonly Plain[]): Plain => manifest([{ name: "os", stages }]);

  it("follows stages that changed when one of their type comes before them", () => {
    expect(
      compare(
        onePipeline(files("boot", 1), files("root", 2)),
        onePipeline(files("data", 3), files("boot", 4), files("root", 5)),
      ),
    ).toMatchObject([
      { change: "added", place: { index: 0 }, path: [] },
      { change: "changed", place: { index: 1 }, path: ["options", "size"] },
      { change: "changed", place: { index: 2 }, path: ["options", "size"] },
    ]);
  });

  it("sees which stage of a type is gone though the others changed", () => {
    expect(
      compare(
        onePipeline(files("data", 3), files("boot", 1), files("root", 2)),
        onePipeline(files("boot", 4), files("root", 5)),
      ),
    ).toMatchObject([
      { change: "removed", place: { index: 0 }, path: [] },
      { change: "changed", place: { index: 0 }, path: ["options", "size"] },
      { change: "changed", place: { index: 1 }, path: ["options", "size"] },
    ]);
  });

  it("follows stages that changed places and changed", () => {
    expect(
      compare(
        onePipeline(files("boot", 1), files("root", 2)),
        onePipeline(files("root", 5), files("boot", 4)),
      ),
    ).toMatchObject([
      { change: "changed", before: { value: { text: "2" } }, after: { value: { text: "5" } } },
      { change: "moved", place: { index: 1 }, path: [] },
      { change: "changed", before: { value: { text: "1" } }, after: { value: { text: "4" } } },
    ]);
  });

  it("follows a stage that moved past others and changed, as long as half of it is the same", () => {
    const [rpm, locale] = [stage("rpm"), stage("locale")];
    expect(
      compare(onePipeline(files("boot", 1), rpm, locale), onePipeline(rpm, locale, files("boot", 2))),
    ).toMatchObject([
      { change: "moved", place: { index: 2 }, path: [] },
      { change: "changed", path: ["options", "size"] },
    ]);
    expect(
      compare(onePipeline(files("boot", 1), rpm, locale), onePipeline(rpm, locale, files("root", 2))),
    ).toMatchObject([
      { change: "removed", path: [] },
      { change: "added", path: [] },
    ]);
  });

  it("keeps what is outside stages in its own place", () => {
    const before = manifest([build], { sources: { curl: { items: { x: { url: "u" } } } }, metadata: {} });
    const after = manifest([{ ...build, runner: "org.osbuild.fedora44" }], {
      sources: { curl: { items: { x: { url: "v" } } } },
    });
    expect(compare(before, after)).toMatchObject([
      { place: { kind: "manifest" }, path: ["metadata"], change: "removed" },
      { place: { kind: "pipeline", pipeline: "build" }, path: ["runner"], change: "changed" },
      { place: { kind: "manifest" }, path: ["sources", "curl", "items", "x", "url"], change: "changed" },
    ]);
  });

  it("sees stages that appear as an empty list", () => {
    expect(compare(manifest([{ name: "os" }]), manifest([{ name: "os", stages: [] }]))).toMatchObject([
      { place: { kind: "pipeline", pipeline: "os" }, path: ["stages"], change: "added" },
    ]);
  });

  it.each<[string, Plain, Plain]>([
    ["a document that is no object", [1], [2]],
    ["pipelines that are no list", { pipelines: 1 }, manifest([])],
    ["a pipeline without a name", manifest([{ stages: [] }]), manifest([os])],
    ["stages that are no list", manifest([{ name: "os", stages: {} }]), manifest([os])],
    [
      "a stage without a type",
      manifest([{ name: "os", stages: [{ name: "org.osbuild.rpm" }] }]),
      manifest([os]),
    ],
  ])("compares %s like any JSON", (_, before, after) => {
    const documents = [fromPlain(before), fromPlain(after)] as const;
    const differences = compareManifests(...documents);
    expect(differences.length).toBeGreaterThan(0);
    expect(differences.every(({ place }) => place.kind !== "stage")).toBe(true);
    checkDifferences(...documents, differences);
  });
});

describe("compareDocuments", () => {
  it("has one place", () => {
    const before = fromPlain(manifest([{ name: "os", stages: [stage("rpm", { a: 1 })] }]));
    const after = fromPlain(manifest([{ name: "os", stages: [stage("rpm", { a: 2 })] }]));
    expect(compareDocuments(before, after)).toMatchObject([
      { place: { kind: "manifest" }, path: ["pipelines", 0, "stages", 0, "options", "a"], change: "changed" },
    ]);
  });
});

/** Every difference holds the values that its pointers lead to, and what no difference names is equal. */
function checkDifferences(before: JsonValue, after: JsonValue, differences: readonly Difference[]): void {
  expect(differences.length === 0).toBe(canonicalText(before) === canonicalText(after));
  for (const difference of differences) {
    if (difference.change !== "added")
      expect(resolve(before, difference.before.pointer)).toBe(difference.before.value);
    if (difference.change !== "removed")
      expect(resolve(after, difference.after.pointer)).toBe(difference.after.value);
    if (difference.change === "changed")
      expect(isSmallest(difference.before.value, difference.after.value)).toBe(true);
  }
  const rest = [
    withoutDifferences(before, differences, "before"),
    withoutDifferences(after, differences, "after"),
  ];
  expect(rest[0] === undefined ? undefined : canonicalText(rest[0])).toBe(
    rest[1] === undefined ? undefined : canonicalText(rest[1]),
  );
}

/** Whether two values differ with no smaller difference inside to name instead. */
function isSmallest(before: JsonValue, after: JsonValue): boolean {
  const isInside =
    (isJsonArray(before) && isJsonArray(after)) || (isJsonObject(before) && isJsonObject(after));
  return !isInside && canonicalText(before) !== canonicalText(after);
}

describe.each([
  ["compareDocuments", compareDocuments, anyDocument],
  ["compareManifests", compareManifests, anyManifest],
] as const)("%s", (_, compareAll, anyPlain) => {
  it("names every difference of any two documents, and nothing else", () => {
    fc.assert(
      fc.property(anyPlain, anyPlain, (a, b) => {
        const [before, after] = [fromPlain(a), fromPlain(b)];
        checkDifferences(before, after, compareAll(before, after));
        expect(compareAll(before, fromPlain(structuredClone(a)))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it("names every single edit", () => {
    fc.assert(
      fc.property(anyPlain, fc.nat(), anyDocument, (plain, where, replacement) => {
        const before = fromPlain(plain);
        const after = edit(before, where, fromPlain(replacement));
        checkDifferences(before, after, compareAll(before, after));
      }),
      { numRuns: 500 },
    );
  });

  it("does not look at the order of keys", () => {
    fc.assert(
      fc.property(anyPlain, anyPlain, (a, b) => {
        const [before, after] = [fromPlain(a), fromPlain(b)];
        expect(compareAll(reverseKeys(before), after)).toEqual(compareAll(before, after));
      }),
      { numRuns: 300 },
    );
  });
});

/** The document with one value inside it, chosen by a number, replaced. */
function edit(value: JsonValue, where: number, replacement: JsonValue): JsonValue {
  const size = isJsonArray(value) ? value.length : isJsonObject(value) ? value.size : 0;
  const chosen = where % (size + 1);
  if (chosen === size) return replacement;
  const inner = Math.floor(where / (size + 1));
  if (isJsonArray(value))
    return value.map((item, index) => (index === chosen ? edit(item, inner, replacement) : item));
  if (!isJsonObject(value)) return replacement;
  return new Map(
    [...value].map(([key, member], index) => [
      key,
      index === chosen ? edit(member, inner, replacement) : member,
    ]),
  );
}

function reverseKeys(value: JsonValue): JsonValue {
  if (isJsonArray(value)) return value.map(reverseKeys);
  if (!isJsonObject(value)) return value;
  return new Map([...value].map(([key, member]) => [key, reverseKeys(member)] as const).toReversed());
}
