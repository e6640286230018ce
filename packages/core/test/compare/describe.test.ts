import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { describeDifference, maxDescribedLength } from "../../src/compare/describe.ts";
import type { Difference, Place } from "../../src/compare/difference.ts";
import { compareDocuments, compareManifests } from "../../src/compare/differences.ts";
import { JsonNumber, type JsonValue } from "../../src/json/value.ts";
import { anyDocument, fromPlain, type Plain } from "./documents.ts";

const stage: Place = { kind: "stage", pipeline: "os", stage: "org.osbuild.kernel-cmdline", index: 3 };

function changed(before: JsonValue, after: JsonValue): Difference {
  return {
    place: stage,
    path: ["options", "kernel_opts"],
    change: "changed",
    before: { pointer: "/pipelines/1/stages/3/options/kernel_opts", value: before },
    after: { pointer: "/pipelines/1/stages/3/options/kernel_opts", value: after },
  };
}

const added = (place: Place, value: JsonValue): Difference => ({
  place,
  path: [],
  change: "added",
  after: { pointer: "/x", value },
});

/** What stands behind the place of a change. */
const values = (before: JsonValue, after: JsonValue): string =>
  describeDifference(changed(before, after)).replace(
    /^os › org\.osbuild\.kernel-cmdline › \/options\/kernel_opts: /,
    "",
  );

const describeAll = (before: Plain, after: Plain): string[] =>
  compareManifests(fromPlain(before), fromPlain(after)).map(describeDifference);

describe("describeDifference", () => {
  it("says where, and what became what", () => {
    expect(describeDifference(changed("ro", "ro quiet"))).toBe(
      'os › org.osbuild.kernel-cmdline › /options/kernel_opts: "ro" → "ro quiet"',
    );
  });

  it.each<[string, JsonValue, string]>([
    [
      "an object",
      fromPlain({ type: "t", options: { a: [1, null, true], b: {} } }),
      '{"type":"t","options":{"a":[1,null,true],"b":{}}}',
    ],
    ["a number as written", new JsonNumber("1.0"), "1.0"],
    ["a text", 'a "b"', String.raw`"a \"b\""`],
    ["an empty list", [], "[]"],
  ])("prints %s", (_, value, text) => {
    expect(describeDifference(added(stage, value))).toBe(`os › org.osbuild.kernel-cmdline: added ${text}`);
  });

  it("names each kind of place and change", () => {
    expect(
      describeAll(
        {
          version: "2",
          pipelines: [{ name: "a" }, { name: "b", runner: "r", stages: [{ type: "t" }] }, { name: "c" }],
        },
        { sources: { "a/b": 1 }, pipelines: [{ name: "b", stages: [] }, { name: "c" }, { name: "a" }] },
      ),
    ).toEqual([
      'b › /runner: removed "r"',
      'b › t: removed {"type":"t"}',
      "a: moved from /pipelines/0 to /pipelines/2",
      '/sources: added {"a/b":1}',
      '/version: removed "2"',
    ]);
    expect(compareDocuments(new JsonNumber("1"), new JsonNumber("2")).map(describeDifference)).toEqual([
      "document: 1 → 2",
    ]);
  });

  it("shortens long texts around the place where they begin to differ", () => {
    const head = "https://example.org/".repeat(20);
    const tail = "/x86_64/os".repeat(20);
    expect(values(`${head}OLD/repo`, `${head}NEW/repo`)).toBe(
      '…https://example.org/OLD/repo" → …https://example.org/NEW/repo"',
    );
    expect(values(`${head}OLD${tail}`, `${head}NEW`)).toBe(
      `…https://example.org/OLD${tail.slice(0, maxDescribedLength - 25)}… → …https://example.org/NEW"`,
    );
    expect(values("short", `short${tail}`)).toBe(`"short" → "short${tail.slice(0, maxDescribedLength - 7)}…`);
  });

  it("shows the beginning of a long value", () => {
    const text = describeDifference(added(stage, "x".repeat(1000)));
    expect(text).toBe(`os › org.osbuild.kernel-cmdline: added "${"x".repeat(maxDescribedLength - 2)}…`);
  });

  it("shows the end of a long pointer", () => {
    const path = [...Array.from({ length: 100 }, () => "deep"), "end"];
    const [where] = describeDifference({ ...changed(null, true), path }).split(": ");
    expect(where).toMatch(/^os › org\.osbuild\.kernel-cmdline › ….*\/deep\/end$/);
  });

  it("writes what could drive a terminal or hide as escapes", () => {
    expect(values("\u001b[31m\u009b\u007f", "a\u202e\u200b\u2028\n\u{e0041}")).toBe(
      String.raw`"\u001b[31m\u009b\u007f" → "a\u202e\u200b\u2028\n\udb40\udc41"`,
    );
    const place: Place = { kind: "pipeline", pipeline: "a\u001b[2J\nb" };
    expect(describeDifference(added(place, null))).toBe(String.raw`a\u001b[2J\u000ab: added null`);
    const path = ["\u001b\r"];
    expect(describeDifference({ ...changed(null, true), path })).toContain(String.raw`› /\u001b\u000d: `);
  });

  it("is one bounded line of printable characters, whatever the documents hold", () => {
    const anyText = fc.string({ unit: "binary", maxLength: 400 });
    const anyPlace = fc.oneof(
      fc.constant<Place>({ kind: "manifest" }),
      anyText.map((pipeline): Place => ({ kind: "pipeline", pipeline })),
      fc
        .tuple(anyText, anyText)
        .map(([pipeline, name]): Place => ({ kind: "stage", pipeline, stage: name, index: 0 })),
    );
    const anyValue = fc.oneof(
      anyDocument.map(fromPlain),
      anyText,
      fc.dictionary(anyText, anyDocument).map(fromPlain),
    );
    fc.assert(
      fc.property(
        anyPlace,
        fc.array(anyText, { maxLength: 3 }),
        anyValue,
        anyValue,
        (place, path, before, after) => {
          const text = describeDifference({ ...changed(before, after), place, path });
          expect(text).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
          expect(text.length).toBeLessThanOrEqual(5 * maxDescribedLength + 20);
        },
      ),
      { numRuns: 200 },
    );
  });
});
