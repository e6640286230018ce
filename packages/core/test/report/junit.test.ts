import fc from "fast-check";
import { SaxesParser } from "saxes";
import { describe, expect, it } from "vitest";
import { renderJunit } from "../../src/report/junit.ts";
import type { Report } from "../../src/report/report.ts";
import { reportOfTexts } from "./arbitrary-report.ts";
import { hostileText } from "./hostile-texts.ts";
import { sampleReport } from "./sample-report.ts";

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** The elements of a document that a strict parser takes. */
function parseXml(text: string): readonly Element[] {
  const elements: Element[] = [];
  const parser = new SaxesParser();
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ name, attributes }) => elements.push({ name, attributes }));
  parser.write(text).close();
  return elements;
}

function countOf(report: Report): Readonly<Record<string, number>> {
  const elements = parseXml(renderJunit(report));
  const count = (wanted: string): number => elements.filter(({ name }) => name === wanted).length;
  return { cases: count("testcase"), failures: count("failure"), errors: count("error") };
}

const report = sampleReport();
const nothing = {
  changed: 0,
  added: 0,
  removed: 0,
  unchanged: 5,
  causes: [],
  manifests: [],
  unexplained: [],
  separator: "-",
};
const quiet: Report = { ...report, explanation: nothing, commits: [] };

describe("a verdict", () => {
  it.each([
    [
      "differs, a failure for itself, each cause and each commit with wrong records",
      report,
      { cases: 18, failures: 14, errors: 0 },
    ],
    ["same, no failure", { ...quiet, verdict: "same" }, { cases: 1, failures: 0, errors: 0 }],
    [
      "differs without causes, still a failure",
      { ...quiet, verdict: "differs" },
      { cases: 1, failures: 1, errors: 0 },
    ],
    ["undecided, an error", { ...quiet, verdict: "undecided" }, { cases: 1, failures: 0, errors: 1 }],
    [
      "same with a failure, an error",
      { ...quiet, verdict: "same", failures: ["x"] },
      { cases: 1, failures: 0, errors: 1 },
    ],
    [
      "of nothing checked: told, and passed",
      { ...report, verdict: null, commits: [] },
      { cases: 13, failures: 0, errors: 0 },
    ],
  ] as const)("%s", (_, report, counts) => expect(countOf(report)).toEqual(counts));
});

it("counts in its attributes what it holds", () => {
  const [suites, suite] = parseXml(renderJunit(report));
  expect(suites?.attributes).toEqual({ name: "imagegate", tests: "18", failures: "14", errors: "0" });
  expect(suite?.attributes).toEqual({ ...suites?.attributes, skipped: "0" });
});

it("names the cause, its class and its scope", () => {
  const text = renderJunit(report);
  expect(text).toContain('name="runner org.osbuild.rhel11 → org.osbuild.eln11 [2ab98bc438c4d700]"');
  expect(text).toContain('<failure type="id-blind" message="168 manifests: all 168 of eln_11">');
});

it("is XML of these elements and nothing else, whatever the texts are", () => {
  const known = new Set(["testsuites", "testsuite", "testcase", "system-out", "failure", "error"]);
  fc.assert(
    fc.property(reportOfTexts(hostileText), (report) => {
      const xml = renderJunit(report);
      expect(xml).not.toMatch(/^\s*::|##[\w-]*\[/m);
      const elements = parseXml(xml);
      expect(elements.filter(({ name }) => !known.has(name))).toEqual([]);
      const { causes, unexplained } = report.explanation;
      const cases = 1 + causes.length + unexplained.length + report.commits.length;
      expect(elements.filter(({ name }) => name === "testcase")).toHaveLength(cases);
    }),
  );
});
