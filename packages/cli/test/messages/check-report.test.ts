import type { CheckReport, RecordVerdict, RunSummary } from "@imagegate/engine";
import { describe, expect, it } from "vitest";
import { acceptCommand, renderCheckReport, renderOrphans } from "../../src/messages/check-report.ts";
import { renderGenerateReport } from "../../src/messages/generate-report.ts";
import { renderSummary, renderWarnings } from "../../src/messages/summary.ts";

const summary: RunSummary = {
  manifests: 2,
  changed: 1,
  added: 0,
  removed: 0,
  damaged: 0,
  unchanged: 1,
  inspect: { hits: 1, misses: 1, meanMs: 210.4, failedWrites: 0 },
  meanGenerationMs: 0.44,
  totalMs: 61_000,
  concurrency: 2,
  damagedEntries: 0,
  storeFailures: null,
};
const digest = "a".repeat(64);
const lines = [{ line: "manifest", before: digest, after: "b".repeat(64) }] as const;

function report(...verdicts: RecordVerdict[]): CheckReport {
  return { family: "fedora", verdict: "differs", verdicts, summary };
}

describe("a check report", () => {
  it("shows some of many differences and counts the others", () => {
    const differences = Array.from({ length: 25 }, (_, index) => ({
      place: { kind: "manifest" },
      path: ["x", index],
      change: "added",
      after: { pointer: `/x/${index}`, value: true },
    })) as never;
    const explanation = { kind: "differences", differences } as const;
    const text = renderCheckReport(
      report({ name: "a", path: "a.sum", state: "changed", digest: "d", lines, explanation }),
    );
    expect(text.filter((line) => line.startsWith("    "))).toHaveLength(21);
    expect(text[21]).toBe("    and 5 more differences");
    expect(text.at(-1)).toBe("to accept: npx imagegate generate fedora");
  });

  it("gives whole digests when it cannot look inside, and says why once", () => {
    const explanation = { kind: "unknown", because: "base-not-in-store" } as const;
    const changed = (name: string): RecordVerdict => ({
      name,
      path: "p",
      state: "changed",
      digest: "d",
      lines,
      explanation,
    });
    const text = renderCheckReport(report(changed("a"), changed("b")));
    expect(text.slice(0, 3)).toEqual([
      "changed  a",
      `    - ${digest}  manifest`,
      `    + ${"b".repeat(64)}  manifest`,
    ]);
    expect(text.filter((line) => line.includes("has not seen the recorded manifests"))).toHaveLength(1);
  });

  it("takes another command to accept, as a task runner has", () => {
    const text = renderCheckReport(report({ name: "a", path: "p", state: "added", digest: "d" }), {
      accept: "npx nx run x",
    });
    expect(text.at(-1)).toBe("to accept: npx nx run x");
    expect(acceptCommand("a b")).toBe("npx imagegate generate 'a b'");
  });
});

it("names the folders of no family and removes them all at once", () => {
  const orphans = [
    { folder: "checksums/a", files: 1 },
    { folder: "checksums/b c", files: 2 },
  ];
  expect(renderOrphans(orphans)).toEqual([
    "orphaned  checksums/a: 1 file of no family",
    "orphaned  checksums/b c: 2 files of no family",
    "to accept: rm -r -- checksums/a 'checksums/b c'",
  ]);
});

it("bounds the names of a generate report", () => {
  const added = Array.from({ length: 30 }, (_, index) => `n${index}`);
  const text = renderGenerateReport({ family: "fedora", added, changed: [], removed: ["x"], summary });
  expect(text.filter((line) => line.startsWith("added"))).toHaveLength(21);
  expect(text[20]).toBe("added    and 10 more");
  expect(text[21]).toBe("removed  x");
});

it("sums up a run, and warns of a cache that takes nothing", () => {
  expect(renderSummary(summary)).toEqual([
    "2 manifests: 1 changed, 0 added, 0 removed (1 min 1 s, mean generation 0.4 ms)",
    "osbuild --inspect: 1 cache hit, 1 miss, mean inspection 210 ms",
  ]);
  const first = { reason: "store-write-failed", path: "/c", code: "EROFS", cause: null } as const;
  expect(renderWarnings({ ...summary, storeFailures: { count: 3, first } })[0]).toContain(
    "3 entries could not be kept",
  );
  expect(renderWarnings({ ...summary, damagedEntries: 2 })).toEqual([
    "warning: 2 damaged entries of the cache ignored; to find them all: npx imagegate cache verify",
  ]);
});
