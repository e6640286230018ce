import fc from "fast-check";
import { SaxesParser } from "saxes";
import { expect, it } from "vitest";
import { renderPinJunit } from "../../src/pin-report/junit.ts";
import type { PinReport } from "../../src/pin-report/pin-report.ts";
import { hostileText } from "../report/hostile-texts.ts";
import { pinReport, pinReportOfTexts, pinResult, samplePinReport } from "./sample-pin-report.ts";

/** How many elements of a kind a strict parser finds, and what the suite says. */
function countsOf(report: PinReport) {
  const names: string[] = [];
  let suite: Readonly<Record<string, string>> = {};
  const parser = new SaxesParser();
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ name, attributes }) => {
    names.push(name);
    if (name === "testsuite") suite = attributes;
  });
  parser.write(renderPinJunit(report)).close();
  const count = (wanted: string): string => String(names.filter((name) => name === wanted).length);
  const found = {
    tests: count("testcase"),
    failures: count("failure"),
    errors: count("error"),
    skipped: count("skipped"),
  };
  return { found, suite };
}

it("fails what is different, breaks what is undecided, skips what is allowed", () => {
  expect(countsOf(samplePinReport()).found).toEqual({ tests: "7", failures: "3", errors: "1", skipped: "1" });
});

it("is red where nothing was verified, and green where all is well", () => {
  expect(countsOf(pinReport([], { exitCode: 2 })).found).toMatchObject({ tests: "1", errors: "1" });
  expect(countsOf(pinReport([pinResult()])).found).toMatchObject({ tests: "2", failures: "0", errors: "0" });
});

it("is XML with true counts, whatever the texts are", () => {
  fc.assert(
    fc.property(pinReportOfTexts(hostileText), (report) => {
      const { found, suite } = countsOf(report);
      expect(suite).toMatchObject(found);
    }),
  );
});
