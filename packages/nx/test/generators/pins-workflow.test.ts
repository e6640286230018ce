import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import {
  PINS_WORKFLOW,
  pinsWorkflowText,
  type PinsWorkflowOptions,
} from "../../src/generators/pins-workflow.ts";
import { expectLinted } from "./actionlint.ts";
import { exitCodeOf, runStep, type Step } from "./step-run.ts";

interface Job {
  readonly if?: string;
  readonly needs?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly outputs?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: { readonly verify: Job; readonly issue: Job };
}

const NPM: PinsWorkflowOptions = {
  packageManager: { name: "npm", install: "npm ci", exec: "npx", lockFile: "package-lock.json" },
  nodeVersionFile: undefined,
  paths: ["smoke/**"],
  generateTarget: "generate",
  sarif: "none",
};
const PNPM: PinsWorkflowOptions = {
  ...NPM,
  packageManager: {
    name: "pnpm",
    install: "pnpm install --frozen-lockfile",
    exec: "pnpm exec",
    lockFile: "pnpm-lock.yaml",
  },
  nodeVersionFile: ".nvmrc",
  sarif: "upload",
};

const workflow = parse(pinsWorkflowText(NPM)) as Workflow;
const { verify, issue } = workflow.jobs;
const steps = [...verify.steps, ...issue.steps];

function stepNamed(name: string): Step {
  const step = steps.find((each) => each.name === name);
  if (step === undefined) throw new Error(`no step ${name}`);
  return step;
}

describe("the workflow", () => {
  test("runs when something that pins changes, daily, and by hand", () => {
    expect(workflow.on).toEqual({
      push: { branches: ["**"], paths: [PINS_WORKFLOW, "**/*.pins.json", "smoke/**"] },
      schedule: [{ cron: "17 4 * * *" }],
      workflow_dispatch: null,
    });
  });

  test("verifies with a token that may only read, and writes issues in the job of the daily run alone", () => {
    expect(workflow.permissions).toEqual({ contents: "read" });
    expect(verify).not.toHaveProperty("permissions");
    expect(issue.permissions).toEqual({ contents: "read", issues: "write" });
    expect(issue.if).toContain("github.event_name == 'schedule'");
    expect(issue.if).toContain("github.ref_name == github.event.repository.default_branch");
    expect(issue.if).not.toContain("push");
  });

  test("uploads SARIF only when asked, with the permission for it and no other", () => {
    const asked = parse(pinsWorkflowText({ ...NPM, sarif: "upload" })) as Workflow;
    expect(asked.jobs.verify.permissions).toEqual({ contents: "read", "security-events": "write" });
    const uploads = ({ jobs }: Workflow): readonly Step[] =>
      jobs.verify.steps.filter(({ uses }) => uses?.includes("upload-sarif"));
    expect(uploads(asked)).toHaveLength(1);
    expect(uploads(workflow)).toEqual([]);
  });

  test("says the issue of a report also when the verification failed, and of none when there is none", () => {
    expect(issue.needs).toBe("verify");
    expect(issue.if).toMatch(/^!cancelled\(\) && needs\.verify\.outputs\.reported == 'true' && /);
    expect(verify.outputs).toEqual({ reported: "${{ steps.verify.outputs.reported }}" });
  });

  test("hands the token to no step but that of the issue, and leaves none behind in the checkout", () => {
    const text = pinsWorkflowText(NPM);
    expect(text.match(/github\.token/g)).toHaveLength(1);
    const checkouts = steps.filter(({ uses }) => uses?.startsWith("actions/checkout@"));
    expect(checkouts.map((step) => step.with?.["persist-credentials"])).toEqual([false, false]);
  });

  test("has no expression inside a script", () => {
    for (const options of [NPM, PNPM]) {
      const { jobs } = parse(pinsWorkflowText(options)) as Workflow;
      for (const { run = "" } of [...jobs.verify.steps, ...jobs.issue.steps])
        expect(run).not.toContain("${{");
    }
  });

  test.each([
    ["npm", NPM],
    ["pnpm, with SARIF", PNPM],
    ["odd paths", { ...NPM, paths: ['a"b/**', "c: d/**", "#e"] }],
  ])("is fine by actionlint for %s", async (_name, options) => {
    await expectLinted({ [PINS_WORKFLOW]: pinsWorkflowText(options) });
  });
});

describe("the steps", () => {
  test("generate the manifests of the families that ask for it", async () => {
    const run = await runStep(stepNamed("Manifests whose sources are verified"));
    expect(run.calls).toEqual(["npx nx run-many -t generate --projects tag:imagegate-generated-pins"]);
    expect(exitCodeOf(run)).toBe(0);
  });

  test.each(["0", "1", "2"])("verify once, in all formats, and end with what that said: %s", async (code) => {
    const run = await runStep(stepNamed("Verify"), { EXIT_CODE: code, PINS_REPORT: "{}" });
    expect(exitCodeOf(run)).toBe(Number(code));
    expect(run.calls).toHaveLength(1);
    expect(run.calls[0]).toMatch(
      /^npx imagegate pins verify --timeout 50m --also json=\/.*\/temp\/imagegate-pins\.json --also markdown=\/.*\/summary --also sarif=\/.*\/temp\/imagegate-pins\.sarif$/,
    );
    expect(run.githubOutput).toBe("reported=true\n");
  });

  test("tell of no report when there is none", async () => {
    const run = await runStep(stepNamed("Verify"), { EXIT_CODE: "2" });
    expect(exitCodeOf(run)).toBe(2);
    expect(run.githubOutput).toBe("");
  });

  test("verify also when manifests could not be generated, but not without an installation", () => {
    const verification = stepNamed("Verify");
    expect(verification.if).toBe("!cancelled() && steps.manifests.outcome != 'skipped'");
    expect(verification.env).toEqual({ MANIFESTS: "${{ steps.manifests.outcome }}" });
    const generation = stepNamed("Manifests whose sources are verified");
    expect(generation).toMatchObject({ id: "manifests" });
    // The job stays red.
    expect(generation).not.toHaveProperty("continue-on-error");
    expect(generation.run).not.toContain("||");
  });

  test.each([
    ["0", ""],
    ["1", "reported=true\n"],
    ["2", ""],
  ])(
    "verify the pins files alone without manifests, and report of them only what failed: %s",
    async (code, githubOutput) => {
      const env = { MANIFESTS: "failure", PINS_FILES: "a.pins.json\n-x/b c.pins.json\n" };
      const run = await runStep(stepNamed("Verify"), { ...env, EXIT_CODE: code, PINS_REPORT: "{}" });
      expect(exitCodeOf(run)).toBe(Number(code));
      expect(run.calls).toEqual([
        "git ls-files -z *.pins.json",
        expect.stringMatching(/imagegate-pins\.sarif \.\/a\.pins\.json \.\/-x\/b c\.pins\.json$/),
      ]);
      expect(run.githubOutput).toBe(githubOutput);
    },
  );

  test("let nothing that is printed be a command of the workflow", async () => {
    const { outcome } = await runStep(stepNamed("Verify"), { PINS_REPORT: "{}" });
    if (outcome.kind !== "exited") throw new Error(outcome.kind);
    const [stop, start] = Buffer.from(outcome.stdout).toString("utf8").trim().split("\n");
    const [, token = ""] = /^::stop-commands::([0-9a-f-]{36})$/.exec(stop ?? "") ?? [];
    expect(start).toBe(`::${token}::`);
  });

  test("say the issue with the report of the other job", async () => {
    const run = await runStep(stepNamed("Issue"), { GITHUB_TOKEN: "ghs_0123456789" });
    expect(run.calls).toHaveLength(1);
    expect(run.calls[0]).toMatch(
      /^npx imagegate pins issue --github --report \/.*\/temp\/report\/imagegate-pins\.json$/,
    );
    expect(exitCodeOf(await runStep(stepNamed("Issue"), { EXIT_CODE: "2" }))).toBe(2);
  });

  test("are all known to these tests", () => {
    const names = steps.flatMap(({ name, run }) => (run === undefined ? [] : [name]));
    expect(names).toEqual(["Install", "Manifests whose sources are verified", "Verify", "Install", "Issue"]);
  });
});
