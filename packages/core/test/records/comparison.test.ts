import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareRecords } from "../../src/records/comparison.ts";
import { formatRecord } from "../../src/records/format.ts";
import type { LinesRecord, RecordedPipeline } from "../../src/records/record.ts";
import { anyRecord, digestOf } from "./records.ts";

const [a, b, c, d] = ["a", "b", "c", "d"].map(digestOf) as [
  RecordedDigest,
  RecordedDigest,
  RecordedDigest,
  RecordedDigest,
];
type RecordedDigest = ReturnType<typeof digestOf>;

const build: RecordedPipeline = { name: "build", id: a };
const os: RecordedPipeline = { name: "os", id: b };
const record: LinesRecord = { form: "lines", manifest: c, sources: d, pipelines: [build, os] };

describe("compareRecords", () => {
  it("finds a record the same as itself", () => {
    expect(compareRecords(record, { ...record, pipelines: [{ ...build }, { ...os }] })).toEqual({
      verdict: "same",
    });
  });

  it("names the lines that moved", () => {
    const generated: LinesRecord = {
      form: "lines",
      manifest: a,
      sources: null,
      pipelines: [build, { name: "os", id: null }],
    };
    expect(compareRecords(record, generated)).toEqual({
      verdict: "changed",
      lines: [
        { line: "manifest", before: c, after: a },
        { line: "sources", before: d, after: null },
        { line: "pipeline", pipeline: "os", before: b, after: "-" },
      ],
    });
  });

  it("names pipelines that came and went", () => {
    const generated: LinesRecord = { ...record, manifest: a, pipelines: [{ name: "tree", id: null }, os] };
    expect(compareRecords(record, generated)).toEqual({
      verdict: "changed",
      lines: [
        { line: "manifest", before: c, after: a },
        { line: "pipeline", pipeline: "build", before: a, after: null },
        { line: "pipeline", pipeline: "tree", before: null, after: "-" },
      ],
    });
  });

  it("names a new order of the pipelines that both have", () => {
    const generated: LinesRecord = { ...record, manifest: a, pipelines: [os, { name: "x", id: c }, build] };
    expect(compareRecords(record, generated)).toEqual({
      verdict: "changed",
      lines: [
        { line: "manifest", before: c, after: a },
        { line: "pipeline", pipeline: "x", before: null, after: c },
        { line: "pipeline-order", before: ["build", "os"], after: ["os", "build"] },
      ],
    });
  });

  it.each([
    ["sources", { ...record, sources: null }],
    ["a pipeline's id", { ...record, pipelines: [build, { name: "os", id: c }] }],
    ["the list of pipelines", { ...record, pipelines: [build] }],
    ["the pipelines' order", { ...record, pipelines: [os, build] }],
  ])("is inconsistent when only %s differs", (_, generated) => {
    expect(compareRecords(record, generated)).toMatchObject({ verdict: "inconsistent", lines: [{}] });
  });

  it("compares bare digests", () => {
    const before = { form: "digest", algorithm: "sha1", digest: "1".repeat(40) } as const;
    const after = { ...before, digest: "2".repeat(40) };
    expect(compareRecords(before, before)).toEqual({ verdict: "same" });
    expect(compareRecords(before, after)).toEqual({
      verdict: "changed",
      lines: [{ line: "digest", before: before.digest, after: after.digest }],
    });
  });

  it("finds records of ids changed, never inconsistent", () => {
    const before = { form: "pipeline-ids", pipelines: [build] } as const;
    expect(
      compareRecords(before, { form: "pipeline-ids", pipelines: [{ name: "build", id: null }] }),
    ).toEqual({
      verdict: "changed",
      lines: [{ line: "pipeline", pipeline: "build", before: a, after: "-" }],
    });
  });

  it("throws on records of two kinds", () => {
    expect(() => compareRecords(record, { form: "digest", algorithm: "sha256", digest: a })).toThrow(
      TypeError,
    );
    expect(() =>
      compareRecords(
        { form: "digest", algorithm: "sha256", digest: a },
        { form: "digest", algorithm: "sha1", digest: "1".repeat(40) },
      ),
    ).toThrow(TypeError);
  });

  it("says same exactly when the texts are", () => {
    fc.assert(
      fc.property(anyRecord, anyRecord, ({ record: before }, { record: after }) => {
        fc.pre(
          before.form === after.form &&
            !(before.form === "digest" && after.form === "digest" && before.algorithm !== after.algorithm),
        );
        const isSame = compareRecords(before, after).verdict === "same";
        expect(isSame).toBe(formatRecord(before) === formatRecord(after));
        expect(compareRecords(before, structuredClone(before))).toEqual({ verdict: "same" });
      }),
      { numRuns: 200 },
    );
  });
});
