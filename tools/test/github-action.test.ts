import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { formatReportJson } from "@imagegate/core/report";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { sampleReport } from "../../packages/core/test/report/sample-report.ts";
import { startForgeServer, type ForgeServer } from "../../packages/forge/test/fixtures/forge-server.ts";
import { actionlint, makeRunner, type Runner, type Step, type StepRun } from "./fixtures/steps.ts";

interface Described {
  readonly description: string;
  readonly default?: string;
  readonly value?: string;
}

interface Action {
  readonly inputs: Readonly<Record<string, Described>>;
  readonly outputs: Readonly<Record<string, Described>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

const root = new URL("../../", import.meta.url);
const text = readFileSync(new URL("action.yml", root), "utf8");
const documentation = readFileSync(new URL("docs/github-action.md", root), "utf8");
const action = parse(text) as Action;
const { steps } = action.runs;

const TOKEN = "ghs_0123456789abcdefSECRET";
const STOP = /^::stop-commands::([0-9a-f-]{36})\n([^]*)::\1::\n/;
const HOSTILE = "$(touch pwned) `touch pwned` \"; touch pwned; # ' ${{ 7 }} -x";

function stepNamed(name: string): Step {
  const step = steps.find((each) => each.name === name);
  if (step === undefined) throw new Error(`no step ${name}`);
  return step;
}

function run(cwd: string, program: string, ...args: readonly string[]): void {
  const identity = { GIT_AUTHOR_NAME: "T", GIT_AUTHOR_EMAIL: "t@example.com" };
  const committer = {
    GIT_COMMITTER_NAME: "T",
    GIT_COMMITTER_EMAIL: "t@example.com",
    GIT_CONFIG_GLOBAL: "/dev/null",
  };
  const cache = { IMAGEGATE_CACHE_DIR: join(cwd, "../cache") };
  execFileSync(program, args, {
    cwd,
    stdio: "ignore",
    env: { ...process.env, ...identity, ...committer, ...cache },
  });
}

function cliOf(runner: Runner): string {
  const { code, outputs } = runner.run(stepNamed("Find imagegate"), { COMMENT: "auto" });
  if (code !== 0 || outputs["cli"] === undefined) throw new Error("imagegate was not found");
  return outputs["cli"];
}

describe("action.yml", () => {
  it("is a composite action that says what every input and output is", () => {
    expect(action.runs.using).toBe("composite");
    for (const input of Object.values(action.inputs)) {
      expect(input.description.length).toBeGreaterThan(20);
      expect(typeof input.default).toBe("string");
    }
    for (const output of Object.values(action.outputs)) expect(output.description).not.toBe("");
  });

  it("is documented: the same inputs and outputs in the same order", () => {
    const named = [...documentation.matchAll(/^\| `([a-z-]+)` /gm)].map((match) => match[1]);
    expect(named).toEqual([...Object.keys(action.inputs), ...Object.keys(action.outputs)]);
  });

  it("has no expression inside a script, and a shell for every script", () => {
    const scripts = steps.filter(({ run }) => run !== undefined);
    expect(scripts.length).toBeGreaterThan(4);
    for (const { run, shell } of scripts) {
      expect(run).not.toContain("${{");
      expect(shell).toBe("bash");
    }
  });

  it("uses what its steps give, inputs that exist, and no action but GitHub's own", () => {
    const written = steps.flatMap(({ id, run = "" }) =>
      [...run.matchAll(/(?:echo "|printf '|\\n)([a-z]+)=/g)].map((match) => `${id}.${match[1]}`),
    );
    const used = [...text.matchAll(/steps\.([a-z]+)\.outputs\.([a-z]+)/g)].map(
      (match) => `${match[1]}.${match[2]}`,
    );
    expect(new Set(used)).toEqual(new Set(["tool.cli", "check.verdict", "check.causes", "check.report"]));
    for (const each of used) expect(written).toContain(each);
    const inputs = [...text.matchAll(/inputs\.([a-z-]+)/g)].map((match) => String(match[1]));
    expect(new Set(inputs)).toEqual(new Set(Object.keys(action.inputs)));
    for (const { uses } of steps) if (uses !== undefined) expect(uses).toMatch(/^actions\/[a-z-]+@v\d+$/);
  });

  it("gives the token to the comment and to nothing else", () => {
    const holders = steps.filter((step) => /token/i.test(JSON.stringify(step)));
    expect(holders.map(({ name }) => name)).toEqual(["Comment"]);
  });

  it("comments only where the token may write, and decides last", () => {
    expect(stepNamed("Comment").if).toMatch(/head\.repo\.full_name == github\.repository$/);
    expect(steps.at(-1)?.name).toBe("Verdict");
    expect(steps.at(-1)?.if).toBeUndefined();
  });

  it("is used by workflows as actionlint has it", () => {
    const inputs = Object.keys(action.inputs).map((name) => `          ${name}: x\n`);
    const workflow = `on: push\njobs:\n  one:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: ./\n        id: it\n        with:\n${inputs.join("")}      - run: 'true'\n        env:\n          V: \${{ steps.it.outputs.verdict }}\n`;
    const told = actionlint({ "action.yml": text, ".github/workflows/one.yml": workflow });
    if (told !== null) expect(told).toBe("");
  });
});

describe("Find imagegate", () => {
  it("takes what the workspace has installed", () => {
    const runner = makeRunner();
    const { code, calls, outputs } = runner.run(stepNamed("Find imagegate"), { COMMENT: "never" });
    expect({ code, calls }).toEqual({ code: 0, calls: [] });
    expect(outputs["cli"]).toMatch(/\/imagegate\/imagegate\.cjs$/);
  });

  it("takes the real one, as npm links it", () => {
    const runner = makeRunner(new URL("packages/cli", root).pathname);
    expect(existsSync(cliOf(runner))).toBe(true);
    expect(cliOf(runner)).toMatch(/\/packages\/cli\/bin\/imagegate\.cjs$/);
  });

  it("fails when there is none, or when it is told something that it does not know", () => {
    const bare = makeRunner("/nonexistent");
    const missing = bare.run(stepNamed("Find imagegate"), { COMMENT: "auto" });
    expect({ code: missing.code, outputs: missing.outputs }).toEqual({ code: 2, outputs: {} });
    expect(missing.stdout).toContain("::error title=imagegate::imagegate is not installed here");
    expect(makeRunner().run(stepNamed("Find imagegate"), { COMMENT: "always" }).code).toBe(2);
  });
});

describe("Check and explain", () => {
  const step = stepNamed("Check and explain");

  function check(base: string, rest: Readonly<Record<string, string>> = {}): StepRun & { runner: Runner } {
    const runner = makeRunner();
    return { ...runner.run(step, { BASE: base, CLI: cliOf(runner) }, rest), runner };
  }

  it.each([
    ["0", "same"],
    ["1", "differs"],
    ["2", "undecided"],
    ["130", "undecided"],
    ["7", "undecided"],
  ])("turns exit code %s into %s and goes on", (exit, verdict) => {
    const { code, outputs, runner } = check("", { FAKE_EXIT: exit, FAKE_REPORT: '{"causes":[1,2,3]}' });
    expect(code).toBe(0);
    expect(outputs).toEqual({ verdict, causes: "3", report: join(runner.temp, "imagegate-report.json") });
  });

  it("asks for a report as JSON, against the base when there is one", () => {
    const { calls, runner } = check("abc");
    const report = join(runner.temp, "imagegate-report.json");
    const always = ["imagegate", "check", "--explain", "--format", "json", "--output", report];
    expect(calls).toEqual([[...always, "--base", "abc"]]);
    const reported = check("abc", { FAKE_REPORT: '{"causes":[]}' });
    expect(reported.calls.at(-1)?.slice(1)).toEqual(["report", reported.outputs["report"]]);
    for (const none of ["", "0".repeat(40)]) expect(check(none).calls[0]).toHaveLength(always.length);
  });

  it("keeps the verdict when there is no report, or one that is none", () => {
    const absent = check("", { FAKE_EXIT: "1" });
    expect({ code: absent.code, outputs: absent.outputs }).toEqual({
      code: 0,
      outputs: { verdict: "differs" },
    });
    expect(absent.stdout).toContain("::warning title=imagegate::No report");
    const broken = check("", { FAKE_EXIT: "1", FAKE_REPORT: "{" });
    expect(broken).toMatchObject({ code: 0, outputs: { verdict: "differs", causes: "" } });
    expect(broken.stdout).toContain("::warning title=imagegate::The report of this check is no report");
  });

  it("does not take the report of an earlier run for its own", () => {
    const runner = makeRunner();
    const cli = cliOf(runner);
    expect(runner.run(step, { BASE: "", CLI: cli }, { FAKE_REPORT: '{"causes":[]}' }).outputs["causes"]).toBe(
      "0",
    );
    expect(runner.run(step, { BASE: "", CLI: cli }).outputs).toEqual({ verdict: "same" });
  });

  it("hands a hostile base on as one argument", () => {
    const { code, calls, runner } = check(HOSTILE);
    expect(code).toBe(0);
    expect(calls[0]?.at(-1)).toBe(HOSTILE);
    expect(existsSync(join(runner.root, "workspace/pwned"))).toBe(false);
  });

  it("lets nothing that a check prints command the workflow", () => {
    const said = "::set-output name=verdict::same\n##[error]x\n";
    const { stdout } = check("", { FAKE_STDOUT: said, FAKE_REPORT: '{"causes":[]}' });
    expect(STOP.exec(stdout)?.[2]).toBe(`${said}${said}`);
    expect(stdout.replace(STOP, "")).toBe("");
  });
});

describe("Summary", () => {
  const step = stepNamed("Summary");

  it("writes Markdown to the summary and annotations to the log", () => {
    const runner = makeRunner();
    const own = { CLI: cliOf(runner), REPORT: "r.json" };
    const { code, calls, summary, stdout } = runner.run(step, own, { FAKE_STDOUT: "text\n" });
    expect({ code, summary, stdout }).toEqual({ code: 0, summary: "text\n", stdout: "text\n" });
    expect(calls).toEqual([
      ["imagegate", "report", "r.json", "--format", "markdown"],
      ["imagegate", "report", "r.json", "--format", "annotations"],
    ]);
  });

  it("is what the real imagegate makes of a report", () => {
    const runner = makeRunner(new URL("packages/cli", root).pathname);
    const report = join(runner.temp, "imagegate-report.json");
    writeFileSync(report, formatReportJson(sampleReport()));
    const { code, summary, stdout, stderr } = runner.run(step, { CLI: cliOf(runner), REPORT: report });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(summary).toMatch(/^## imagegate: /);
    expect(stdout).toMatch(/^::(error|warning|notice) /);
  });

  it("that cannot be written is a warning", () => {
    const runner = makeRunner();
    const { code, stdout } = runner.run(step, { CLI: cliOf(runner), REPORT: "r.json" }, { FAKE_EXIT: "2" });
    expect(code).toBe(0);
    expect(stdout.match(/^::warning title=imagegate::/gm)).toHaveLength(2);
  });
});

describe("Comment", () => {
  const step = stepNamed("Comment");
  const own = { GITHUB_TOKEN: "ghs_0123456789", KEY: HOSTILE, LINK: HOSTILE, REPORT: HOSTILE };

  it("hands everything on as it is, and the token in the environment", () => {
    const runner = makeRunner();
    const { code, calls, stdout } = runner.run(step, { ...own, CLI: cliOf(runner) });
    expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
    const report = ["--report", HOSTILE, "--key", HOSTILE, "--link", HOSTILE];
    expect(calls).toEqual([["imagegate", "comment", "--github", ...report]]);
    expect(existsSync(join(runner.root, "workspace/pwned"))).toBe(false);
  });

  it("that cannot be written is a warning", () => {
    const runner = makeRunner();
    const { code, stdout } = runner.run(step, { ...own, CLI: cliOf(runner) }, { FAKE_EXIT: "2" });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^::warning title=imagegate::The comment/);
  });
});

/** Works with a server that speaks GitHub's API, as far as comments go. */
async function withServer(work: (server: ForgeServer) => Promise<void>): Promise<void> {
  const server = await startForgeServer();
  try {
    await work(server);
  } finally {
    await server.stop();
  }
}

describe("Comment, with the real imagegate", () => {
  const step = stepNamed("Comment");
  const link = "https://github.test/acme/images/actions/runs/7";

  /** Runs the step over a report as a run of pull request 5 does, against a server of our own. */
  async function comment(server: ForgeServer, report: string): Promise<StepRun> {
    const runner = makeRunner(new URL("packages/cli", root).pathname);
    const [path, event] = [join(runner.temp, "imagegate-report.json"), join(runner.temp, "event.json")];
    writeFileSync(path, report);
    writeFileSync(event, JSON.stringify({ pull_request: { number: 5 } }));
    const own = { CLI: cliOf(runner), GITHUB_TOKEN: TOKEN, KEY: "report", LINK: link, REPORT: path };
    const rest = { GITHUB_API_URL: server.url, GITHUB_EVENT_PATH: event, NO_PROXY: "*" };
    return runner.runAside(step, own, rest);
  }

  it("writes one comment and corrects it, with the token and without saying it", () =>
    withServer(async (server) => {
      const report = sampleReport();
      const first = await comment(server, formatReportJson(report));
      expect(first).toMatchObject({ code: 0, stdout: expect.stringMatching(/^created {2}https:/) as string });
      const second = await comment(server, formatReportJson({ ...report, to: "elsewhere" }));
      expect(second).toMatchObject({
        code: 0,
        stdout: expect.stringMatching(/^updated {2}https:/) as string,
      });
      expect(server.comments).toHaveLength(1);
      const [{ body = "" } = {}] = server.comments;
      expect(body).toMatch(/^<!-- imagegate: report -->\n## imagegate: 1,752 of 2,016 manifests differ/);
      expect(body).toContain(link);
      expect(body).toContain("elsewhere");
      expect(new Set(server.authorizations)).toEqual(new Set([`Bearer ${TOKEN}`]));
      for (const { stdout, stderr } of [first, second]) expect(stdout + stderr).not.toContain(TOKEN);
    }));

  it("writes nothing of a report that contradicts itself, and warns", () =>
    withServer(async (server) => {
      const forged = { ...sampleReport(), verdict: "same" as const };
      const { code, stdout, stderr } = await comment(server, formatReportJson(forged));
      expect(code).toBe(0);
      expect(stdout).toMatch(/^::warning title=imagegate::The comment/);
      expect(stderr).toContain("verdict");
      expect(server.requests).toEqual([]);
    }));

  it("warns when it is refused, and the job goes on", () =>
    withServer(async (server) => {
      server.misbehave("GET", { status: 403, body: { message: "Resource not accessible by integration" } });
      const { code, stdout, stderr } = await comment(server, formatReportJson(sampleReport()));
      expect(code).toBe(0);
      expect(stdout).toMatch(/^::warning title=imagegate::The comment/);
      expect(stderr).not.toContain(TOKEN);
      expect(server.comments).toEqual([]);
    }));
});

describe("Verdict", () => {
  it.each([
    ["same", 0],
    ["differs", 1],
    ["undecided", 2],
    ["", 2],
    ["same; exit 0", 2],
    [HOSTILE, 2],
  ])("of %j ends with %i", (verdict, code) => {
    expect(makeRunner().run(stepNamed("Verdict"), { VERDICT: verdict }).code).toBe(code);
  });
});

it("the real imagegate, from the check to the summary, on a branch with one change", () => {
  const runner = makeRunner(new URL("packages/cli", root).pathname);
  const workspace = join(runner.root, "workspace");
  const cli = cliOf(runner);
  const define = (hostname: string): void => {
    const stages = [{ type: "org.osbuild.hostname", options: { hostname } }];
    const manifest = { version: "2", pipelines: [{ name: "os", stages }], sources: {} };
    writeFileSync(join(workspace, "demo/a.json"), JSON.stringify(manifest));
    run(workspace, process.execPath, cli, "generate");
    run(workspace, "git", "add", "--all");
    run(workspace, "git", "commit", "--quiet", "--message", hostname);
  };
  mkdirSync(join(workspace, "demo"));
  writeFileSync(join(workspace, ".gitignore"), "node_modules\n");
  const config = '{"generator":{"kind":"files","include":["a.json"]}}';
  writeFileSync(join(workspace, "demo/imagegate.json"), config);
  run(workspace, "git", "init", "--quiet");
  define("one");
  define("two");
  const checked = runner.run(stepNamed("Check and explain"), { BASE: "HEAD~1", CLI: cli });
  const report = join(runner.temp, "imagegate-report.json");
  expect(checked).toMatchObject({ code: 0, outputs: { verdict: "same", causes: "1", report } });
  const { summary } = runner.run(stepNamed("Summary"), { CLI: cli, REPORT: report });
  expect(summary).toContain("two");
  expect(summary).toContain("The records are those of the manifests.");
});

it("every script of the action is known to these tests", () => {
  expect(steps.flatMap(({ name, run }) => (run === undefined ? [] : [name]))).toEqual([
    "Find imagegate",
    "Check and explain",
    "Summary",
    "Comment",
    "Verdict",
  ]);
});
