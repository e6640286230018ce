import fc from "fast-check";
import { expect, it } from "vitest";
import { formatReportJson, reportDocument, reportOf, type ReportDocument } from "../../src/report/json.ts";
import { reportOfTexts } from "./arbitrary-report.ts";
import { hostileText } from "./hostile-texts.ts";
import { sampleReport } from "./sample-report.ts";

it("has the members that are published, in this order", () => {
  expect(Object.keys(JSON.parse(formatReportJson(sampleReport())) as object)).toEqual([
    ...["version", "from", "to", "verdict", "failures", "changed", "added", "removed", "unchanged"],
    ...["causes", "unexplained", "manifests", "separator", "commits", "locations"],
  ]);
});

it("reads back as the report, whatever its texts are", () => {
  const wellFormed = hostileText.map((text) => text.toWellFormed());
  fc.assert(
    fc.property(reportOfTexts(wellFormed), (report) => {
      expect(reportOf(JSON.parse(formatReportJson(report)) as ReportDocument)).toEqual(report);
      expect(reportOf(reportDocument(report))).toEqual(report);
    }),
  );
});

it("can be printed in a log: no invisible character, no command", () => {
  fc.assert(
    fc.property(reportOfTexts(hostileText), (report) => {
      const lines = formatReportJson(report).split("\n");
      for (const line of lines)
        expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|^\s*::|##[\w-]*\[/u);
    }),
  );
});
