import schema from "@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json" with { type: "json" };
import fc from "fast-check";
import Ajv from "ajv-draft-04";
import addFormats from "ajv-formats";
import { describe, expect, it } from "vitest";
import type { Report } from "../../src/report/report.ts";
import { renderSarif } from "../../src/report/sarif.ts";
import { reportOfTexts } from "./arbitrary-report.ts";
import { hostileText } from "./hostile-texts.ts";
import { sampleReport } from "./sample-report.ts";

interface Result {
  readonly ruleId: string;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations?: readonly {
    readonly physicalLocation: { readonly artifactLocation: { readonly uri: string } };
  }[];
  readonly partialFingerprints?: Readonly<Record<string, string>>;
}

// The schema is that of OASIS for SARIF 2.1.0 (draft 4, revision rtm.5), which the package @microsoft/jest-sarif carries.
// One pattern of it, of a property that we do not write, is no regular expression with the flag u (oasis-tcs/sarif-spec#488).
const ajv = new Ajv.default({ strict: false, allErrors: true, unicodeRegExp: false });
addFormats.default(ajv as never);
const validate = ajv.compile(schema);

function resultsOf(report: Report): readonly Result[] {
  const log = JSON.parse(renderSarif(report)) as { runs: [{ results: readonly Result[] }] };
  return log.runs[0].results;
}

const report = sampleReport();

describe("the schema of OASIS", () => {
  it("refuses what is no log, so that the next test can fail", () => {
    expect(validate({ version: "2.1.0" })).toBe(false);
    expect(validate({ version: "2.1.0", runs: [{ tool: { driver: { name: "x" } }, results: [{}] }] })).toBe(
      false,
    );
  });

  it("takes the sample", () => {
    expect(validate(JSON.parse(renderSarif(report))) ? [] : validate.errors).toEqual([]);
  });

  it("takes any report", () => {
    fc.assert(
      fc.property(reportOfTexts(hostileText), (report) => {
        expect(validate(JSON.parse(renderSarif(report))) ? [] : validate.errors).toEqual([]);
      }),
    );
  });
});

it("has one result a cause, with its id, its class as the rule and the definitions as places", () => {
  const results = resultsOf(report);
  const causes = results.filter(({ partialFingerprints }) => partialFingerprints !== undefined);
  expect(causes.map(({ partialFingerprints }) => partialFingerprints?.["imagegateCause/v1"])).toEqual(
    report.explanation.causes.map(({ id }) => id),
  );
  const runner = causes.find(({ ruleId }) => ruleId === "id-blind");
  expect(runner).toMatchObject({
    level: "error",
    message: { text: "runner org.osbuild.rhel11 → org.osbuild.eln11. 168 manifests: all 168 of eln_11" },
  });
  expect(runner?.locations?.map(({ physicalLocation }) => physicalLocation.artifactLocation.uri)).toEqual([
    "manifests/eln/eln_11.yaml",
  ]);
});

it("tells as errors only what a check refused", () => {
  const levels = resultsOf({ ...report, verdict: null, commits: [] }).map(
    ({ ruleId, level }) => `${ruleId} ${level}`,
  );
  expect(new Set(levels)).toEqual(new Set(["rebuild warning", "id-blind warning", "visible-only note"]));
});

it("has an error when nothing could be decided, said why or not", () => {
  const undecided = { ...report, verdict: "undecided" } as const;
  expect(resultsOf({ ...undecided, failures: ["no such ref"] })[0]).toMatchObject({
    ruleId: "undecided",
    level: "error",
    message: { text: "no such ref" },
  });
  expect(resultsOf(undecided)[0]).toMatchObject({ ruleId: "undecided", level: "error" });
});

it("makes no link and no placeholder of a text", () => {
  const [cause] = report.explanation.causes;
  const causes = cause === undefined ? [] : [{ ...cause, title: "[a](https://b) {0} \\" }];
  const [result] = resultsOf({ ...report, explanation: { ...report.explanation, causes } });
  expect(result?.message.text).toMatch(/^\\\[a\\\]\(https:\/\/b\) \{\{0\}\} \\\\\. /);
});

it.each([
  ["a b/ü%#?.json", "a%20b/%C3%BC%25%23%3F.json"],
  ["c:/x", "./c%3A/x"],
  ["//evil.example.org/x", ".///evil.example.org/x"],
  ["\uD800", "%EF%BF%BD"],
])("writes the path %j as the relative URI %j", (path, uri) => {
  const locations = new Map(report.explanation.manifests.map(({ name }) => [name, path]));
  const [result] = resultsOf({ ...report, locations });
  expect(result?.locations?.[0]?.physicalLocation.artifactLocation.uri).toBe(uri);
});
