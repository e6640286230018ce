import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { formatPinReportJson, renderPinMarkdown } from "@imagegate/core/report";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { reportOfPins, resultOf } from "../../../core/test/pin-report/report-of-pins.ts";
import { startForgeServer } from "../../../forge/test/fixtures/forge-server.ts";
import type { LocalServer } from "../../../pins/test/fixtures/server.ts";
import { SHA256, startPinnedServer, urlOf, WITHOUT_PROXIES } from "../fixtures/pinned-server.ts";
import { makeWorkspace, type Workspace } from "../fixtures/workspace.ts";

let server: LocalServer;
let workspace: Workspace;

beforeAll(async () => {
  server = await startPinnedServer();
});
afterAll(() => server.stop());
beforeEach(async () => {
  workspace = await makeWorkspace();
  await pin("ok");
});
afterEach(() => workspace.remove());

async function pin(path: string, more: object = {}): Promise<void> {
  const entry = { name: path, urls: [urlOf(server, path)], sha256: SHA256, ...more };
  await workspace.write("a.pins.json", JSON.stringify({ pins: [entry] }));
}

function pins(...args: readonly string[]) {
  return workspace.run(["pins", ...args], { env: WITHOUT_PROXIES });
}

describe("a workspace that is none", () => {
  it.each([
    [["pins", "list"]],
    [["pins", "verify", "--allow-loopback-http"]],
    [["pins", "update", "--all", "a.pins.json"]],
    [["check"]],
  ])("is told by %j before anything else", async (args) => {
    const { code, stderr } = await workspace.run([...args, "--root", "nowhere"], { env: WITHOUT_PROXIES });
    expect(code).toBe(2);
    expect(stderr).toContain("error: --root nowhere is no workspace\n");
    expect(stderr).toContain("  expected: a folder that is there\n  found:    nothing\n  next:     name the");
    expect(
      (await workspace.run([...args, "--root", "a.pins.json"], { env: WITHOUT_PROXIES })).stderr,
    ).toContain("found:    no folder");
  });
});

describe("a report that cannot be written", () => {
  it.each([
    ["its folder is missing", "no/where/x.json", "its folder does not exist (ENOENT)"],
    ["it is a folder", "folder", "it is a folder (EISDIR)"],
    ["its folder is a file", "nx.json/x", "a part of its path is no folder (ENOTDIR)"],
  ])("since %s is told before the first request", async (_, path, found) => {
    await mkdir(join(workspace.root, "folder"));
    const asked = server.requests.get("/ok")?.length ?? 0;
    for (const option of [`--output=${path}`, `--also=junit=${path}`]) {
      const { code, stdout, stderr } = await pins("verify", "--allow-loopback-http", option);
      expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
      expect(stderr).toContain(`${path} cannot be written\n  found:    ${found}`);
    }
    expect(server.requests.get("/ok")?.length ?? 0).toBe(asked);
  });

  it("is told beside what is wrong with the pins", async () => {
    await pin("ok", { sha256: "short" });
    const { stderr } = await pins("verify", "--allow-loopback-http", "--output", "no/where/x.json");
    expect(stderr.match(/^error: .*$/gm)).toEqual([
      "error: a.pins.json:1 (/pins/0) has no usable digest",
      `error: ${join(workspace.root, "no/where/x.json")} cannot be written`,
    ]);
  });

  it("names the command that makes its folder", async () => {
    const { stderr } = await pins("verify", "--allow-loopback-http", "--output", "no/where/x.json");
    expect(stderr).toContain(
      `next:     mkdir -p ${join(workspace.root, "no/where")}, then run: npx imagegate pins verify`,
    );
  });
});

describe("a folder in the place of a file", () => {
  it.each([".", "sub"])("is named: %s", async (path) => {
    await mkdir(join(workspace.root, "sub"));
    const { code, stderr } = await pins("list", path);
    expect(code).toBe(2);
    expect(stderr).toContain(`error: ${path} cannot be read: ${path} is no regular file`);
    expect(stderr).toContain("next:     name files, or none for all pins files of the workspace, then run:");
  });
});

describe("names", () => {
  it.each(["", " ", "\u200b", "a\nb", "\u001b[31mred"])("%j is none", async (name) => {
    await pin("ok", { name });
    const { code, stderr } = await pins("list", "--allow-loopback-http");
    expect(code).toBe(2);
    expect(stderr).toContain("(/pins/0/name) is not what a pins file holds there");
    expect(stderr).toContain("expected: a name that can be seen, without control characters");
  });

  it("of a url are those that can be seen", async () => {
    await workspace.write(
      "a.pins.json",
      JSON.stringify({
        pins: ["%20", "a%0Ab"].map((path) => ({ urls: [urlOf(server, path)], sha256: SHA256 })),
      }),
    );
    const { stdout } = await pins("list", "--allow-loopback-http");
    expect(stdout.match(/^\S+$/gm)).toEqual(["%20", "a%0Ab"]);
  });
});

it("what cannot be kept is told with its url and its place", async () => {
  await mkdir(join(workspace.root, ".cache"));
  await writeFile(join(workspace.root, ".cache", "v1"), "");
  const { code, stderr } = await pins("verify", "--allow-loopback-http", "--keep");
  expect(code).toBe(0);
  expect(stderr).toMatch(
    new RegExp(
      `^warning: ${urlOf(server, "ok")} could not be kept as ${workspace.root}/\\.cache/v1/\\S*: a part of its path is no folder`,
    ),
  );
});

async function sync(more: Readonly<Record<string, string>>) {
  await workspace.write("pins.json", formatPinReportJson(reportOfPins(1, resultOf("drift"))));
  const settings = { GITHUB_REPOSITORY: "acme/images", NO_PROXY: "*", ...more };
  return workspace.run(["pins", "issue", "--github", "--report", "pins.json"], { env: settings });
}

describe("a token that does not do", () => {
  it("is named with the permission that an issue needs, and no other", async () => {
    const { code, stderr } = await sync({ GITHUB_TOKEN: "" });
    expect(code).toBe(2);
    expect(stderr).toBe(
      [
        "error: GITHUB_TOKEN is not set",
        "  expected: a GITHUB_TOKEN with the permission issues: write",
        "  next:     give it to this step in its environment, then run: npx imagegate pins issue --github --report pins.json",
        "",
      ].join("\n"),
    );
  });

  it.each([
    [401, "with the permission issues: write", "replace the token, then run"],
    [403, "with the permission issues: write", "give the token the permission issues: write, then run"],
    [
      404,
      "with the permission issues: write in it",
      "or give the token the permission issues: write, then run",
    ],
  ])("is told with what it needs after %d", async (status, expected, next) => {
    const forge = await startForgeServer();
    forge.misbehave("", ...Array.from({ length: 8 }, () => ({ status, body: { message: "no" } })));
    const { code, stderr } = await sync({ GITHUB_TOKEN: "ghs_0123456789abcdef", GITHUB_API_URL: forge.url });
    await forge.stop();
    expect(code).toBe(2);
    expect(stderr).toContain(expected);
    expect(stderr).toContain(next);
    expect(stderr).not.toContain("pull-requests");
  });
});

describe("imagegate report", () => {
  const report = reportOfPins(1, resultOf("ok"), resultOf("drift"));

  it("prints a report of pins in every format that it has", async () => {
    await workspace.write("pins.json", formatPinReportJson(report));
    const markdown = await workspace.run(["report", "pins.json", "--format", "markdown"]);
    expect(markdown).toEqual({ code: 0, stdout: renderPinMarkdown(report), stderr: "" });
    for (const format of ["text", "json", "sarif", "junit"]) {
      const file = `out.${format}`;
      expect(
        await workspace.run(["report", "-", "--format", format, "--output", file], {
          input: formatPinReportJson(report),
        }),
      ).toEqual({
        code: 0,
        stdout: "",
        stderr: "",
      });
      expect(await readFile(join(workspace.root, file), "utf8")).toContain("drift");
    }
  });

  it("says which formats it has not, and believes no report that its results do not bear out", async () => {
    await workspace.write("pins.json", formatPinReportJson(report));
    const html = await workspace.run(["report", "pins.json", "--format", "html"]);
    expect(html.code).toBe(2);
    expect(html.stderr).toContain(
      "a report of pins: its formats are text, markdown, json, sarif, junit, not html",
    );
    await workspace.write("pins.json", formatPinReportJson({ ...report, exitCode: 0 }));
    const wrong = await workspace.run(["report", "pins.json"]);
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toContain("write the report again: npx imagegate pins verify --json");
  });
});

it("no advice overwrites what was to be imported", async () => {
  await workspace.write("junk", "junk");
  const { code, stderr } = await workspace.run(["cache", "import", "junk"]);
  expect(code).toBe(2);
  expect(stderr).toContain(
    "next:     make one where the cache is, with npx imagegate cache export FILE, then run:",
  );
  expect(stderr).not.toMatch(/export \S*junk/);
});

it("Ctrl-C while a program prints its pins speaks of no record", async () => {
  const script = "require('node:fs').writeFileSync('up', ''); setTimeout(() => {}, 60000)";
  const program = { kind: "program", argv: [process.execPath, "-e", script] };
  await workspace.write("a.pins.json", JSON.stringify({ sources: [program, program] }));
  const { process: child, ended } = workspace.start(["pins", "list"], { env: WITHOUT_PROXIES });
  await vi.waitFor(() => readFile(join(workspace.root, "up")), { timeout: 20_000, interval: 50 });
  child.kill("SIGINT");
  const { stderr } = await ended;
  expect(stderr.match(/^error:.*$/gm)).toEqual([
    "error: cancelled while pins were read; nothing was asked for, and nothing was written",
  ]);
}, 60_000);
