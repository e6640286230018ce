import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { actionlint, makeRunner, type Step } from "./fixtures/steps.ts";

interface Job {
  readonly if?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly "timeout-minutes": number;
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly name: string;
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

const documentation = readFileSync(new URL("../../docs/github-action.md", import.meta.url), "utf8");
const blocks = [...documentation.matchAll(/```yaml\n([^]*?)```/g)].map((match) => String(match[1]));
const [checkText = "", commentText = ""] = blocks.filter((block) => block.startsWith("name:"));
const check = parse(checkText) as Workflow;
const comment = parse(commentText) as Workflow;
const commentJob = comment.jobs["comment"] as Job;

function stepNamed(name: string): Step {
  const step = commentJob.steps.find((each) => each.name === name);
  if (step === undefined) throw new Error(`no step ${name}`);
  return step;
}

describe("the workflows for pull requests from forks", () => {
  it("are fine by actionlint", () => {
    const told = actionlint({
      ".github/workflows/imagegate.yml": checkText,
      ".github/workflows/comment.yml": commentText,
    });
    if (told !== null) expect(told).toBe("");
  });

  it("give the code of a pull request a token that may only read", () => {
    expect(check.permissions).toEqual({ contents: "read" });
    for (const job of Object.values(check.jobs)) expect(job.permissions).toBeUndefined();
    const action = check.jobs["imagegate"]?.steps.find(({ uses }) => uses?.includes("/imagegate@") === true);
    expect(action?.with).toEqual({ comment: "never" });
    for (const text of [checkText, commentText]) expect(text).not.toContain("pull_request_target");
  });

  it("give the job that comments no more than it needs, and nothing of the pull request to run", () => {
    expect(comment.permissions).toEqual({});
    expect(commentJob.permissions).toEqual({ actions: "read", contents: "read", "pull-requests": "write" });
    const checkout = commentJob.steps.find(({ uses }) => uses?.startsWith("actions/checkout@") === true);
    expect(checkout?.with).toEqual({ "persist-credentials": false });
    expect(comment.on).toEqual({ workflow_run: { workflows: [check.name], types: ["completed"] } });
    expect(commentJob.if).toContain("github.event.workflow_run.event == 'pull_request'");
  });

  it("have no expression inside a script, and a time limit on every job", () => {
    for (const { jobs } of [check, comment]) {
      for (const job of Object.values(jobs)) {
        expect(job["timeout-minutes"]).toBeGreaterThan(0);
        for (const { run = "" } of job.steps) expect(run).not.toContain("${{");
      }
    }
  });

  it("keep checkouts from leaving the token behind", () => {
    for (const { jobs } of [check, comment]) {
      for (const { uses = "", with: given } of Object.values(jobs).flatMap((job) => job.steps))
        if (uses.startsWith("actions/checkout@")) expect(given?.["persist-credentials"]).toBe(false);
    }
  });
});

describe("Find the report", () => {
  const own = { GH_TOKEN: "ghs_0123456789", RUN_ID: "77" };
  const hasJq = spawnSync("jq", ["--version"]).error === undefined;

  function find(artifacts: readonly unknown[], exit = "0") {
    const rest = { ARTIFACTS: JSON.stringify({ artifacts }), FAKE_EXIT: exit };
    return makeRunner().run(stepNamed("Find the report"), own, rest);
  }

  it.each([
    ["none", [], 0, undefined],
    ["one that is gone", [{ expired: true, size_in_bytes: 5 }], 0, undefined],
    ["a small one", [{ expired: false, size_in_bytes: 5 }], 0, "true"],
    ["one of the size that is allowed", [{ expired: false, size_in_bytes: 10_000_000 }], 0, "true"],
    ["a huge one", [{ expired: false, size_in_bytes: 10_000_001 }], 1, undefined],
    [
      "a huge one beside a small one",
      [
        { expired: false, size_in_bytes: 5 },
        { expired: false, size_in_bytes: 2e9 },
      ],
      1,
      undefined,
    ],
  ])("with %s", (_, artifacts, code, found) => {
    if (!hasJq) {
      console.warn("jq is not installed: the search for the report is NOT tested here");
      return;
    }
    const run = find(artifacts);
    expect({ code: run.code, found: run.outputs["found"] }).toEqual({ code, found });
    expect(run.calls[0]?.slice(0, 3)).toEqual([
      "gh",
      "api",
      "repos/acme/images/actions/runs/77/artifacts?name=imagegate-report",
    ]);
  });

  it("fails when GitHub does not answer", () => {
    const run = find([], "1");
    expect(run.code).not.toBe(0);
    expect(run.outputs).toEqual({});
  });
});

describe("the other scripts of the job that comments", () => {
  it("install what the lock file says", () => {
    expect(makeRunner().run(stepNamed("Install")).calls).toEqual([["npm", "ci"]]);
  });

  it("comment with the report, never with a number from it", () => {
    const runner = makeRunner();
    const link = "https://github.test/$(touch pwned)";
    const { code, calls } = runner.run(stepNamed("Comment"), { GITHUB_TOKEN: "ghs_0123456789", LINK: link });
    const report = join(runner.temp, "report/imagegate-report.json");
    expect({ code, calls }).toEqual({
      code: 0,
      calls: [["npx", "--no", "--", "imagegate", "comment", "--github", "--report", report, "--link", link]],
    });
    expect(existsSync(join(runner.root, "workspace/pwned"))).toBe(false);
    expect(JSON.stringify(commentJob)).not.toContain("--pr");
  });

  it("are all known to these tests", () => {
    expect(commentJob.steps.flatMap(({ name, run }) => (run === undefined ? [] : [name]))).toEqual([
      "Find the report",
      "Install",
      "Comment",
    ]);
  });
});
