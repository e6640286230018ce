import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { commentWorkflowText, reportWorkflowText } from "../../src/generators/report-workflows.ts";
import type { SetUpOptions } from "../../src/generators/set-up-steps.ts";
import { expectLinted } from "./actionlint.ts";
import { exitCodeOf, runStep, type Step } from "./step-run.ts";

interface Job {
  readonly if?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly name: string;
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

const NPM: SetUpOptions = {
  packageManager: { name: "npm", install: "npm ci", exec: "npx", lockFile: "package-lock.json" },
  nodeVersionFile: undefined,
};
const PNPM: SetUpOptions = {
  packageManager: {
    name: "pnpm",
    install: "pnpm install --frozen-lockfile",
    exec: "pnpm exec",
    lockFile: "pnpm-lock.yaml",
  },
  nodeVersionFile: ".nvmrc",
};

const report = parse(reportWorkflowText(NPM)) as Workflow;
const comment = parse(commentWorkflowText(NPM)) as Workflow;
const steps = [...(report.jobs["report"]?.steps ?? []), ...(comment.jobs["comment"]?.steps ?? [])];

function stepNamed(name: string): Step {
  const step = steps.find((each) => each.name === name);
  if (step === undefined) throw new Error(`no step ${name}`);
  return step;
}

describe("the two workflows", () => {
  test("run the code of a pull request with a token that may only read", () => {
    expect(report.permissions).toEqual({ contents: "read" });
    expect(report.jobs["report"]).not.toHaveProperty("permissions");
    expect(Object.keys(report.on)).toEqual(["pull_request"]);
  });

  test("comment from the default branch, with no more than that takes", () => {
    expect(comment.on).toEqual({ workflow_run: { workflows: [report.name], types: ["completed"] } });
    expect(comment.permissions).toEqual({});
    const { permissions, if: guard } = comment.jobs["comment"] as Job;
    expect(permissions).toEqual({ actions: "read", contents: "read", "pull-requests": "write" });
    expect(guard).toContain("workflow_run.event == 'pull_request'");
    for (const { uses, with: given } of steps) {
      if (uses?.startsWith("actions/checkout@") === true) expect(given).not.toHaveProperty("ref");
    }
  });

  test("have no expression inside a script", () => {
    for (const { run = "" } of steps) expect(run).not.toContain("${{");
  });

  test.each([
    ["npm", NPM],
    ["pnpm", PNPM],
  ])("are fine by actionlint for %s", async (_name, options) => {
    await expectLinted({
      ".github/workflows/imagegate-report.yml": reportWorkflowText(options),
      ".github/workflows/imagegate-comment.yml": commentWorkflowText(options),
    });
  });
});

describe("the steps", () => {
  const base = "$(touch pwned); exit 0";

  test.each([
    ["0", 0],
    ["1", 0],
    ["2", 1],
    ["127", 1],
  ])("report whether records differ or not, but not what could not be decided: %s", async (given, code) => {
    const run = await runStep(stepNamed("Report"), { BASE: base, EXIT_CODE: given });
    expect(exitCodeOf(run)).toBe(code);
    const words = `check --explain --base ${base} --format json --output imagegate-report.json`;
    expect(run.calls).toEqual([`npx imagegate ${words}`]);
  });

  test("write the summary", async () => {
    const run = await runStep(stepNamed("Summary"));
    expect(run.summary).toBe("# Report\n");
    expect(run.calls).toEqual(["npx imagegate report imagegate-report.json --format markdown"]);
    expect(exitCodeOf(await runStep(stepNamed("Summary"), { EXIT_CODE: "2" }))).toBe(2);
  });

  test.each([
    ["1", 0],
    ["10000000", 0],
    ["10000001", 1],
    ["0", 1],
    ["", 2],
    ["all", 2],
  ])("take a report of %j bytes or not", async (bytes, code) => {
    const run = await runStep(stepNamed("The report is small"), { ARTIFACT_BYTES: bytes, RUN_ID: "77" });
    expect(exitCodeOf(run)).toBe(code);
    expect(run.calls[0]).toContain(
      "gh api repos/acme/images/actions/runs/77/artifacts?name=imagegate-report --jq ",
    );
  });

  test("comment with the report and its link, and with no number", async () => {
    const run = await runStep(stepNamed("Comment"), { LINK: base, GITHUB_TOKEN: "ghs_0123456789" });
    expect(run.calls).toHaveLength(1);
    expect(run.calls[0]).toMatch(
      /^npx imagegate comment --github --report \/.*\/temp\/report\/imagegate-report\.json --link /,
    );
    expect(run.calls[0]).toContain(`--link ${base}`);
    expect(exitCodeOf(await runStep(stepNamed("Comment"), { LINK: base, EXIT_CODE: "2" }))).toBe(2);
  });

  test("are all known to these tests", () => {
    const names = steps.flatMap(({ name, run }) => (run === undefined ? [] : [name]));
    expect(names).toEqual(["Install", "Report", "Summary", "The report is small", "Install", "Comment"]);
  });
});
