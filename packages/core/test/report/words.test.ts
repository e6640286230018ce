import { expect, it } from "vitest";
import {
  describeCauses,
  describeCounts,
  describeDiffering,
  describeVerdict,
  formatCount,
  formatNumber,
} from "../../src/report/words.ts";
import { sampleReport } from "./sample-report.ts";

const report = sampleReport();
const { explanation } = report;

it.each([
  [0, "0"],
  [999, "999"],
  [1_000, "1,000"],
  [1_234_567, "1,234,567"],
])("writes %i in groups of three", (count, expected) => expect(formatNumber(count)).toBe(expected));

it("counts one and many", () => {
  expect([formatCount(1, "cause"), formatCount(2_000, "cause"), formatCount(0, "entry", "entries")]).toEqual([
    "1 cause",
    "2,000 causes",
    "0 entries",
  ]);
});

it("tells what differs", () => {
  expect(describeDiffering(explanation, "differs")).toBe("1,752 of 2,016 manifests differ");
  expect(describeCounts(explanation)).toBe("1,571 changed, 13 added, 168 removed, 264 unchanged");
  expect(describeCauses(explanation)).toBe("12 causes: 9 rebuild, 1 id-blind, 2 visible-only");
});

it("tells that nothing does", () => {
  const none = { ...explanation, changed: 0, added: 0, removed: 0, causes: [] };
  expect(describeDiffering(none, "same")).toBe("264 manifests, none differs");
  expect(describeDiffering({ ...none, changed: 1 }, "differs")).toBe("1 of 265 manifests differs");
  expect(describeDiffering(none, "undecided")).toBe(
    "264 manifests could be compared, and none of them differs",
  );
  expect(describeDiffering({ ...none, unchanged: 0 }, "undecided")).toBe("no manifest could be compared");
  expect(describeCauses(none)).toBe("no cause");
});

it("has a sentence for every verdict", () => {
  const verdicts = (["same", "differs", "undecided", null] as const).map((verdict) =>
    describeVerdict({ ...report, verdict }),
  );
  expect(new Set(verdicts).size).toBe(4);
});
