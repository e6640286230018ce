import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { formatReportJson, renderMarkdown } from "@imagegate/core/report";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { sampleReport } from "../../../core/test/report/sample-report.ts";
import { startForgeServer, type ForgeServer } from "../../../forge/test/fixtures/forge-server.ts";
import { makeWorkspace, type Workspace } from "../fixtures/workspace.ts";

const TOKEN = "ghs_0123456789abcdefSECRET";
const URL_101 = "https://github.test/acme/images/pull/5#issuecomment-101";
/** What this machine's own CI may have set. */
const UNSET = {
  CI_JOB_TOKEN: "",
  CI_MERGE_REQUEST_PROJECT_ID: "",
  CI_MERGE_REQUEST_IID: "",
  GITHUB_GRAPHQL_URL: "",
};

const report = sampleReport();

let workspace: Workspace;
let server: ForgeServer;

beforeAll(async () => {
  workspace = await makeWorkspace({
    "body.md": "# Report\n",
    "other.md": "# Another\n",
    "report.json": formatReportJson(report),
    "event.json": JSON.stringify({ pull_request: { number: 5 } }),
  });
});
afterAll(() => workspace.remove());
beforeEach(async () => {
  server = await startForgeServer();
});
afterEach(() => server.stop());

const env = (more: Readonly<Record<string, string>> = {}): Record<string, string> => ({
  ...UNSET,
  GITHUB_TOKEN: TOKEN,
  GITHUB_REPOSITORY: "acme/images",
  GITHUB_API_URL: server.url,
  GITHUB_EVENT_PATH: `${workspace.root}/event.json`,
  NO_PROXY: "*",
  ...more,
});

function comment(file: string) {
  return workspace.run(["comment", "--github", "--body", file], { env: env() });
}

describe("comment --github", () => {
  it("tells whether the comment of the run's pull request was created, unchanged or updated, and where it is", async () => {
    expect(await comment("body.md")).toEqual({ code: 0, stdout: `created  ${URL_101}\n`, stderr: "" });
    expect(await comment("body.md")).toEqual({ code: 0, stdout: `unchanged  ${URL_101}\n`, stderr: "" });
    expect(await comment("other.md")).toEqual({ code: 0, stdout: `updated  ${URL_101}\n`, stderr: "" });
    expect(server.comments.map(({ body }) => body)).toEqual(["<!-- imagegate: report -->\n# Another"]);
  });

  it("takes its text from stdin, another key, and speaks JSON", async () => {
    const args = ["comment", "--github", "--body", "-", "--key", "nightly", "--pr", "5", "--json"];
    const { code, stdout } = await workspace.run(args, {
      env: env({ GITHUB_EVENT_PATH: "" }),
      input: "hello",
    });
    expect({ code, report: JSON.parse(stdout) }).toEqual({
      code: 0,
      report: { state: "created", url: URL_101, removed: 0 },
    });
    expect(server.comments[0]?.body).toBe("<!-- imagegate: nightly -->\nhello");
  });

  it("says that it made one of several", async () => {
    for (const id of [101, 102])
      server.comments.push({ id, author: server.viewer, body: "<!-- imagegate: report -->\nx" });
    const { stdout } = await workspace.run(["comment", "--github", "--body", "body.md"], { env: env() });
    expect(stdout).toBe(`updated  ${URL_101} (and 1 further one removed)\n`);
  });

  it("never prints the token, and says what a fork's pull request needs", async () => {
    const body = { message: `Resource not accessible by ${TOKEN}` };
    server.misbehave("POST /repos/", { status: 403, body }, { status: 403, body });
    const args = ["comment", "--github", "--body", "body.md"];
    const { code, stdout, stderr } = await workspace.run(args, { env: env() });
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain("found:    Resource not accessible by [redacted]");
    expect(stderr).toContain("workflow_run");
    expect(stderr).toContain("npx imagegate comment --github --body body.md");
    const json = await workspace.run([...args, "--json"], { env: env() });
    expect(JSON.parse(json.stdout)).toMatchObject({ failures: [{ reason: "api-forbidden" }] });
    expect(`${stderr}${json.stdout}${json.stderr}`).not.toContain(TOKEN);
  });

  it("runs as a program, too", async () => {
    const started = workspace.start(["comment", "--github", "--body", "body.md"], { env: env() });
    expect(await started.ended).toEqual({ code: 0, stdout: `created  ${URL_101}\n`, stderr: "" });
  });
});

describe("comment --report", () => {
  const args = ["comment", "--github", "--report", "report.json"];

  it("says in Markdown what the report says, with a link to all of it", async () => {
    const link = "https://github.test/acme/images/actions/runs/9";
    const { code, stdout } = await workspace.run([...args, "--link", link], { env: env() });
    expect({ code, stdout }).toEqual({ code: 0, stdout: `created  ${URL_101}\n` });
    const text = `<!-- imagegate: report -->\n${renderMarkdown(report, { link })}`.trimEnd();
    expect(server.comments[0]?.body).toBe(text);
    expect(text.length).toBeLessThanOrEqual(65_536);
  });

  it("after a run of a fork, speaks to the pull request that GitHub names and to no other", async () => {
    const workflow_run = {
      event: "pull_request",
      head_sha: "a".repeat(40),
      head_branch: "topic",
      head_repository: { id: 77, owner: { login: "fork" } },
      pull_requests: [],
    };
    await workspace.write("run.json", JSON.stringify({ workflow_run }));
    const after = env({ GITHUB_EVENT_PATH: `${workspace.root}/run.json` });
    const gone = await workspace.run(args, { env: after });
    expect(gone).toMatchObject({ code: 2, stdout: "" });
    expect(gone.stderr).toContain("no open pull request has the commit of this report as its head");
    server.pulls.push({ number: 5, head: { sha: "a".repeat(40), repo: { id: 77 } } });
    const other = await workspace.run([...args, "--pr", "6"], { env: after });
    expect(other).toMatchObject({ code: 2, stdout: "" });
    expect(server.comments).toEqual([]);
    expect(await workspace.run(args, { env: after })).toMatchObject({
      code: 0,
      stdout: `created  ${URL_101}\n`,
    });
  });

  it.each([
    ["another member", formatReportJson(report).replace("{", '{"pullRequest":1,')],
    ["no JSON", "# Approved by a maintainer"],
    ["nothing", ""],
  ])("sends nothing when the report has %s", async (_, text) => {
    await workspace.write("forged.json", text);
    const forged = ["comment", "--github", "--report", "forged.json"];
    const { code, stdout, stderr } = await workspace.run(forged, { env: env() });
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain("error: forged.json: ");
    expect(server.requests).toEqual([]);
  });
});

describe("comment --gitlab", () => {
  it("writes a note of the pipeline's merge request", async () => {
    server.viewer = "7000";
    const gitlab = {
      ...UNSET,
      GITLAB_TOKEN: TOKEN,
      CI_API_V4_URL: server.url,
      CI_PROJECT_ID: "7",
      CI_MERGE_REQUEST_IID: "5",
      NO_PROXY: "*",
    };
    const args = ["comment", "--gitlab", "--body", "body.md"];
    const { code, stdout } = await workspace.run(args, { env: gitlab });
    expect({ code, stdout }).toEqual({ code: 0, stdout: "created  https://gitlab.test/acme/-/5#note_101\n" });
    const job = { ...gitlab, GITLAB_TOKEN: "", CI_JOB_TOKEN: "glcbt-64_0123456789" };
    const refused = await workspace.run(args, { env: job });
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain("a job's own token may not write notes");
    expect(refused.stderr).not.toContain("glcbt-64_0123456789");
  });
});

describe("comment", () => {
  it.each([
    [["--body", "body.md"], "one of --github and --gitlab"],
    [["--github", "--gitlab", "--body", "body.md"], "one of --github and --gitlab"],
    [["--github"], "one of --report and --body"],
    [["--github", "--body", "body.md", "--report", "report.json"], "one of --report and --body"],
    [["--github", "--body", "body.md", "--link", "https://a.test"], "--link goes with --report"],
    [["--github", "--report", "report.json", "--link", "javascript:x"], "--link takes an http"],
    [["--github", "--body", "body.md", "--pr", "0"], "--pr takes a whole number"],
    [["--github", "--body", "none.md"], "there is no file"],
    [["--github", "--body", "body.md", "--key", "a b"], "no key of a comment"],
  ])("%j is a mistake", async (args, said) => {
    const { code, stdout, stderr } = await workspace.run(["comment", ...args], { env: env() });
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(said);
    expect(server.comments).toEqual([]);
  });

  it("refuses bytes that are no text, and more than any comment may hold", async () => {
    await writeFile(join(workspace.root, "latin1.md"), Buffer.from("caf\xe9", "latin1"));
    await writeFile(join(workspace.root, "long.md"), "x".repeat(4_000_001));
    const said = await Promise.all(
      ["latin1.md", "long.md"].map((file) =>
        workspace.run(["comment", "--github", "--body", file], { env: env() }),
      ),
    );
    expect(said.map(({ code }) => code)).toEqual([2, 2]);
    expect(said[0]?.stderr).toContain("latin1.md is not UTF-8");
    expect(said[1]?.stderr).toContain("longer than any comment may be");
    expect(server.requests).toEqual([]);
  });
});
