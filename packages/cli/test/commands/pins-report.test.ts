import { formatPinReportJson, renderPinMarkdown, renderPinSarif } from "@imagegate/core/report";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { reportOfPins, resultOf } from "../../../core/test/pin-report/report-of-pins.ts";
import { makeWorkspace, type Workspace } from "../fixtures/workspace.ts";

const report = reportOfPins(1, resultOf("ok"), resultOf("drift"));
let workspace: Workspace;

beforeAll(async () => {
  workspace = await makeWorkspace({ "pins.json": formatPinReportJson(report) });
});
afterAll(() => workspace.remove());

describe("pins report", () => {
  it("tells one verification in many formats, and is no verdict itself", async () => {
    const markdown = await workspace.run(["pins", "report", "pins.json", "--format", "markdown"]);
    expect(markdown).toEqual({ code: 0, stdout: renderPinMarkdown(report), stderr: "" });
    const args = ["pins", "report", "pins.json", "--format", "sarif", "--output", "pins.sarif"];
    expect(await workspace.run(args)).toEqual({ code: 0, stdout: "", stderr: "" });
    expect(await readFile(join(workspace.root, "pins.sarif"), "utf8")).toBe(renderPinSarif(report));
    const input = formatPinReportJson(report);
    const json = await workspace.run(["pins", "report", "-", "--format", "json"], { input });
    expect(json).toEqual({ code: 0, stdout: input, stderr: "" });
  });

  it.each(["", "{}", '{"failures":[]}'])("takes no %j for a report", async (text) => {
    await workspace.write("broken.json", text);
    const { code, stdout, stderr } = await workspace.run(["pins", "report", "broken.json"]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain("npx imagegate pins verify --json");
  });
});
