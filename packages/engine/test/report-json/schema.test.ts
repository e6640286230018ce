import { readFileSync } from "node:fs";
import { formatReportJson } from "@imagegate/core/report";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, it } from "vitest";
import { sampleReport } from "../../../core/test/report/sample-report.ts";
import { reportJsonSchema } from "../../src/report-json/json-schema.ts";

const published = new URL("../../schema/report.schema.json", import.meta.url);

it("is what is published (npm run schema writes it)", () => {
  expect(readFileSync(published, "utf8")).toBe(`${JSON.stringify(reportJsonSchema(), null, 2)}\n`);
});

it("takes a report and no document with another key, in a validator that is not ours", () => {
  const validate = new Ajv2020().compile(reportJsonSchema());
  const document = JSON.parse(formatReportJson(sampleReport())) as object;
  expect(validate(document)).toBe(true);
  expect(validate({ ...document, extra: 1 })).toBe(false);
});
