import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { workflowText, type WorkflowOptions } from "../../src/generators/workflow.ts";
import { expectLinted } from "./actionlint.ts";
import { exitCodeOf, runStep, type Step } from "./step-run.ts";

const NPM: WorkflowOptions = {
  branch: "main",
  packageManager: { name: "npm", install: "npm ci", exec: "npx", lockFile: "package-lock.json" },
  checkTarget: "check",
  nodeVersionFile: undefined,
};
const PNPM: WorkflowOptions = {
  ...NPM,
  packageManager: { name: "pnpm", install: "pnpm install", exec: "pnpm exec", lockFile: "pnpm-lock.yaml" },
  nodeVersionFile: ".nvmrc",
};

function stepsOf(text: string): readonly Step[] {
  const workflow = parse(text) as { jobs: { check: { steps: readonly Step[] } } };
  return workflow.jobs.check.steps;
}

function stepNamed(name: string): Step {
  const step = stepsOf(workflowText(NPM)).find((each) => each.name === name);
  if (step === undefined) throw new Error(`no step ${name}`);
  return step;
}

function runStepNamed(name: string, env: Readonly<Record<string, string>> = {}) {
  return runStep(stepNamed(name), env);
}

describe("the steps of the workflow", () => {
  test("install what the lock file says", async () => {
    expect((await runStepNamed("Install")).calls).toEqual(["npm ci"]);
  });

  test("tell the versions of the tools in the words that a cache key allows", async () => {
    const run = await runStepNamed("Tool versions");
    expect(exitCodeOf(run)).toBe(0);
    expect(run.githubOutput).toMatch(/^versions=0\.1\.0_v[0-9.]+_osbuild_191\n$/);
  });

  test("without the plugin no version is told", async () => {
    const broken = await runStepNamed("Tool versions", { NODE_OPTIONS: "--no-such-option" });
    expect(exitCodeOf(broken)).not.toBe(0);
    expect(broken.githubOutput).toBe("");
  });

  test("pass when there are families", async () => {
    const run = await runStepNamed("There are families to check", { PROJECTS: '["fedora","checksums"]' });
    expect(exitCodeOf(run)).toBe(0);
    expect(run.calls).toEqual(["npx nx show projects --projects tag:imagegate --with-target check --json"]);
  });

  test.each(['["checksums"]', "[]", "", "not json"])("fail when the families are %j", async (projects) => {
    expect(exitCodeOf(await runStepNamed("There are families to check", { PROJECTS: projects }))).not.toBe(0);
  });

  test("check the records as a whole", async () => {
    expect((await runStepNamed("No record outlives its family")).calls).toEqual([
      "npx nx run checksums:check",
    ]);
  });

  test("check what a pull request affects, since the commit that it started from", async () => {
    const env = { BASE_REF: "main", MERGE_BASE: "0123abc" };
    const run = await runStepNamed("Check the families that the pull request affects", env);
    expect(exitCodeOf(run)).toBe(0);
    expect(run.calls).toEqual([
      "git merge-base origin/main HEAD",
      "npx nx affected -t check --base=0123abc --head=HEAD",
    ]);
  });

  test("check nothing and fail when there is no such commit", async () => {
    const run = await runStepNamed("Check the families that the pull request affects", { BASE_REF: "main" });
    expect(exitCodeOf(run)).not.toBe(0);
    expect(run.calls).toEqual(["git merge-base origin/main HEAD"]);
  });

  test("fail when a check fails", async () => {
    expect(exitCodeOf(await runStepNamed("Check all families", { EXIT_CODE: "1" }))).toBe(1);
  });

  test("are all known to these tests", () => {
    const names = stepsOf(workflowText(NPM)).flatMap(({ name, run }) => (run === undefined ? [] : [name]));
    expect(names).toEqual([
      "Install",
      "Tool versions",
      "There are families to check",
      "No record outlives its family",
      "Check the families that the pull request affects",
      "Check all families",
    ]);
  });
});

test("every push or pull request has exactly one of the two checks", () => {
  const guards = stepsOf(workflowText(NPM)).flatMap((step) => (step.if === undefined ? [] : [step.if]));
  expect(guards).toEqual(["github.event_name == 'pull_request'", "github.event_name != 'pull_request'"]);
});

test("the key of the cache holds the tool versions and the lock file", () => {
  const key = stepNamed("Caches of Nx and imagegate").with?.["key"];
  expect(key).toContain("steps.tools.outputs.versions");
  expect(key).toContain("hashFiles('package-lock.json')");
});

test("no expression stands inside a script", () => {
  for (const options of [NPM, PNPM]) {
    for (const { run = "" } of stepsOf(workflowText(options))) expect(run).not.toContain("${{");
  }
});

test.each([
  ["npm", NPM],
  ["pnpm", PNPM],
])("actionlint has nothing to say about the workflow for %s", async (_name, options) => {
  await expectLinted({ ".github/workflows/imagegate.yml": workflowText(options) });
});

test("the merge result is what a pull request is checked at: two green branches may break main together", () => {
  const { on } = parse(workflowText(NPM)) as { on: Record<string, unknown> };
  expect(Object.keys(on)).toEqual(["pull_request", "push"]);
  const checkout = stepsOf(workflowText(NPM)).find(({ uses }) => uses?.startsWith("actions/checkout@"));
  expect(checkout?.with).not.toHaveProperty("ref");
});
