import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { formatReportJson, renderHtml, renderMarkdown, REPORT_LIMITS } from "@imagegate/core/report";
import { parseReport } from "@imagegate/engine/explain";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sampleReport } from "../../../core/test/report/sample-report.ts";
import { makeWorkspace, type Workspace } from "../fixtures/workspace.ts";

const parsed = parseReport(formatReportJson(sampleReport()));
if (!parsed.ok) throw new Error(parsed.failure.reason);
const report = parsed.value;
const json = formatReportJson(report);
let workspace: Workspace;

beforeAll(async () => {
  workspace = await makeWorkspace({ "report.json": json });
});
afterAll(() => workspace.remove());

describe("report", () => {
  it("tells the same in every format, from a file or from stdin", async () => {
    const markdown = await workspace.run(["report", "report.json", "--format", "markdown"]);
    expect(markdown).toEqual({ code: 0, stdout: renderMarkdown(report), stderr: "" });
    const again = await workspace.run(["report", "-", "--json"], { input: json });
    // The texts are long, and a difference of them tells nobody anything.
    expect({ ...again, stdout: again.stdout === json }).toEqual({ code: 0, stdout: true, stderr: "" });
    for (const format of ["text", "html", "sarif", "junit", "annotations"]) {
      const { code, stdout } = await workspace.run(["report", "report.json", "--format", format]);
      expect({ code, isEmpty: stdout === "" }).toEqual({ code: 0, isEmpty: false });
    }
  });

  it("is written to a file", async () => {
    const args = ["report", "report.json", "--format", "html", "--output", "report.html"];
    expect(await workspace.run(args)).toEqual({ code: 0, stdout: "", stderr: "" });
    const written = await readFile(join(workspace.root, "report.html"), "utf8");
    expect(written === renderHtml(report)).toBe(true);
  });

  it.each([
    ["{}", "report-invalid"],
    [json.replace("{", '{"pullRequest":1,'), "report-invalid"],
    ["<!doctype html>", "report-unreadable"],
    ["", "report-unreadable"],
  ])("is nothing else: %#", async (input, reason) => {
    const told = await workspace.run(["report", "-"], { input });
    expect(told).toMatchObject({ code: 2, stdout: "" });
    expect(told.stderr).toContain("error: -: ");
    const { code, stdout } = await workspace.run(["report", "-", "--json"], { input });
    expect({ code, told: JSON.parse(stdout) }).toMatchObject({ code: 2, told: { failures: [{ reason }] } });
  });

  it("is read to a bound", async () => {
    const { code, stderr } = await workspace.run(["report", "-"], {
      input: " ".repeat(REPORT_LIMITS.bytes + 1),
    });
    expect(code).toBe(2);
    expect(stderr).toContain("the report is too large to be read");
    expect(await workspace.run(["report", "none.json"])).toMatchObject({ code: 2, stdout: "" });
  });
});
