import { formatPinReportJson, type PinReport } from "@imagegate/core/report";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { reportOfPins, resultOf } from "../../../core/test/pin-report/report-of-pins.ts";
import { startForgeServer, type ForgeServer } from "../../../forge/test/fixtures/forge-server.ts";
import { makeWorkspace, type Workspace } from "../fixtures/workspace.ts";

const TOKEN = "ghs_0123456789abcdefSECRET";
const URL_11 = "https://github.test/acme/images/issues/11";

let workspace: Workspace;
let server: ForgeServer;

beforeAll(async () => {
  workspace = await makeWorkspace();
});
afterAll(() => workspace.remove());
beforeEach(async () => {
  server = await startForgeServer();
});
afterEach(() => server.stop());

const env = (): Record<string, string> => ({
  GITHUB_TOKEN: TOKEN,
  GITHUB_REPOSITORY: "acme/images",
  GITHUB_API_URL: server.url,
  GITHUB_GRAPHQL_URL: "",
  NO_PROXY: "*",
});

const WELL = reportOfPins(0, resultOf("ok"));
const DRIFT = reportOfPins(1, resultOf("ok"), resultOf("drift"));
const UNREACHABLE = reportOfPins(2, resultOf("ok"), resultOf("unreachable"));

async function sync(report: PinReport, ...more: readonly string[]) {
  await workspace.write("pins.json", formatPinReportJson(report));
  return workspace.run(["pins", "issue", "--github", "--report", "pins.json", ...more], { env: env() });
}

describe("pins issue", () => {
  it("opens one issue for drift, says it once, corrects it and closes it when all is well", async () => {
    expect(await sync(WELL)).toMatchObject({
      code: 0,
      stdout: "none  all is well, and no issue says otherwise\n",
    });
    expect(await sync(DRIFT)).toEqual({ code: 0, stdout: `opened  ${URL_11}\n`, stderr: "" });
    expect(await sync(DRIFT)).toEqual({ code: 0, stdout: `unchanged  ${URL_11}\n`, stderr: "" });
    expect(await sync(reportOfPins(1, resultOf("gone")))).toMatchObject({ stdout: `updated  ${URL_11}\n` });
    expect(server.issues).toMatchObject([
      { title: "Pinned artifacts are not what was reviewed", state: "open" },
    ]);
    expect(server.issues[0]?.body).toMatch(/^<!-- imagegate: pins -->\n[^]*### gone \(1\)/);
    expect(await sync(WELL)).toEqual({ code: 0, stdout: `closed  ${URL_11}\n`, stderr: "" });
    expect(server.issues).toMatchObject([{ state: "closed", state_reason: "completed" }]);
    expect(server.comments.map(({ body }) => body)).toEqual([
      "<!-- imagegate: pins -->\nEvery pinned artifact is what was reviewed. 1 url: 1 ok (1 hashed).",
    ]);
    expect(await sync(WELL)).toMatchObject({ stdout: "none  all is well, and no issue says otherwise\n" });
  });

  it("neither opens nor closes one for what nobody could decide, and asks nothing of GitHub", async () => {
    await sync(DRIFT);
    const before = server.requests.length;
    expect(await sync(UNREACHABLE)).toEqual({
      code: 0,
      stdout: "undecided  the report decides nothing: no issue was touched\n",
      stderr: "",
    });
    expect(server.requests).toHaveLength(before);
    expect(server.issues).toMatchObject([{ state: "open" }]);
  });

  it("takes its report from stdin, another key, and speaks JSON", async () => {
    const args = ["pins", "issue", "--github", "--report", "-", "--key", "nightly", "--json"];
    const { code, stdout } = await workspace.run(args, { env: env(), input: formatPinReportJson(DRIFT) });
    expect({ code, report: JSON.parse(stdout) }).toEqual({
      code: 0,
      report: { state: "opened", issues: [{ number: 11, url: URL_11 }], dropped: 0 },
    });
    expect(server.issues[0]?.body).toMatch(/^<!-- imagegate: nightly -->\n/);
  });

  it("never prints the token, and says which permission is missing", async () => {
    const body = { message: `Resource not accessible by ${TOKEN}` };
    server.misbehave("POST /repos/", { status: 403, body });
    const { code, stdout, stderr } = await sync(DRIFT);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain("found:    Resource not accessible by [redacted]");
    expect(stderr).toContain("issues: write");
    expect(stderr).not.toContain(TOKEN);
  });

  it("sends no issue that would show the token", async () => {
    const { code, stderr } = await sync(reportOfPins(1, resultOf("drift", { firstText: TOKEN })));
    expect(code).toBe(2);
    expect(stderr).toContain("would show the token");
    expect(server.issues).toEqual([]);
  });

  it("believes no report whose verdict its results do not bear out", async () => {
    await sync(DRIFT);
    await workspace.write("forged.json", formatPinReportJson({ ...DRIFT, exitCode: 0 }));
    const args = ["pins", "issue", "--github", "--report", "forged.json"];
    const { code, stderr } = await workspace.run(args, { env: env() });
    expect(code).toBe(2);
    expect(stderr).toContain("forged.json: the document is no report of pins");
    expect(server.issues).toMatchObject([{ state: "open" }]);
  });

  it.each([
    [["--report", "pins.json"], "--github says where the issue is"],
    [["--github"], "--report says what the issue is about"],
    [["--github", "--report", "none.json"], "there is no file"],
    [["--github", "--report", "pins.json", "--key", "a b"], "no key of a comment or an issue"],
  ])("%j is a mistake", async (args, said) => {
    await workspace.write("pins.json", formatPinReportJson(DRIFT));
    const { code, stderr } = await workspace.run(["pins", "issue", ...args], { env: env() });
    expect(code).toBe(2);
    expect(stderr).toContain(said);
    expect(server.issues).toEqual([]);
  });

  it("runs as a program, too", async () => {
    await workspace.write("pins.json", formatPinReportJson(DRIFT));
    const args = ["pins", "issue", "--github", "--report", "pins.json"];
    const started = workspace.start(args, { env: env() });
    expect(await started.ended).toEqual({ code: 0, stdout: `opened  ${URL_11}\n`, stderr: "" });
  });
});
