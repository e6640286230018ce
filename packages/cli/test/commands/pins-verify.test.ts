import { readFile, symlink } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { LocalServer } from "../../../pins/test/fixtures/server.ts";
import { BODY, SHA256, startPinnedServer, urlOf, WITHOUT_PROXIES } from "../fixtures/pinned-server.ts";
import { makeWorkspace, type Workspace } from "../fixtures/workspace.ts";

let server: LocalServer;
let workspace: Workspace;

beforeAll(async () => {
  server = await startPinnedServer();
});
afterAll(() => server.stop());
beforeEach(async () => {
  workspace = await makeWorkspace();
});
afterEach(() => workspace.remove());

function pinned(path: string, more: object = {}): object {
  return { name: path, urls: [urlOf(server, path)], sha256: SHA256, ...more };
}

async function pins(...list: readonly object[]): Promise<void> {
  await workspace.write("a.pins.json", JSON.stringify({ pins: list }, null, 1));
}

function verify(...args: readonly string[]) {
  return workspace.run(["pins", "verify", "--allow-loopback-http", ...args], { env: WITHOUT_PROXIES });
}

const gone = { reason: "moves next week", expires: "2999-01-01" };
const past = { reason: "moved last week", expires: "2020-01-01" };

describe("pins verify ends with", () => {
  it.each([
    ["0 when all bytes are what was reviewed", ["ok", "ok2"], {}, 0],
    ["1 for drift", ["ok", "drift"], {}, 1],
    ["1 for what is gone", ["ok", "nothing-here"], {}, 1],
    ["1 for a page in an artifact's place", ["ok", "page"], {}, 1],
    ["1 for a size that is not the pinned one", ["ok"], { size: 3 }, 1],
    ["2 for what is denied", ["ok", "denied"], {}, 2],
    ["1 when both stand side by side", ["drift", "denied"], {}, 1],
    ["1 for an allowance whose day has passed", ["ok", "denied"], { allow: past }, 1],
    ["1 for drift, whatever is allowed", ["ok", "drift"], { allow: gone }, 1],
    ["0 for what is allowed beside something verified", ["ok", "nothing-here"], { allow: gone }, 0],
    ["2 when nothing is left to verify", ["nothing-here"], { allow: gone }, 2],
  ])("%s", async (_, paths, more, code) => {
    await pins(...paths.map((path) => pinned(path, more)));
    expect(await verify("a.pins.json")).toMatchObject({ code });
  });
});

describe("pins verify --json", () => {
  it("tells of each url of each pin its class, its evidence and where it is pinned", async () => {
    await pins(
      pinned("ok", { urls: [urlOf(server, "ok"), urlOf(server, "ok2")], size: BODY.length }),
      pinned("drift"),
    );
    const { stdout, stderr, code } = await verify("--json");
    expect({ stderr, code }).toEqual({ stderr: "", code: 1 });
    const report = JSON.parse(stdout);
    expect(report).toMatchObject({
      version: 1,
      exitCode: 1,
      counts: { drift: 1, ok: 2 },
      downloads: 3,
      problems: [],
      unverified: [],
    });
    expect(report.results).toMatchObject([
      { name: "ok", url: urlOf(server, "ok"), class: "ok", method: "hashed", size: BODY.length, cause: null },
      { name: "ok", url: urlOf(server, "ok2"), class: "ok" },
      {
        name: "drift",
        class: "drift",
        expected: [`sha256:${SHA256}`],
        got: [expect.stringMatching(/^sha256:[0-9a-f]{64}$/)],
        contentType: "text/plain",
        firstText: "::error::other bytes",
        allowed: false,
        provenance: [{ path: "a.pins.json", pointer: "/pins/1", line: 17 }],
      },
    ]);
  });

  it("tells what is wrong with the pins, and asks for nothing", async () => {
    const asked = server.requests.get("/ok")?.length ?? 0;
    await pins(
      pinned("ok"),
      pinned("ok", { name: "other", sha256: "b".repeat(64) }),
      pinned("x", { sha256: "" }),
    );
    const { stdout, stderr, code } = await verify("--json");
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({
      exitCode: 2,
      results: [],
      problems: [
        { reason: "pin-digest-invalid", provenance: [{ pointer: "/pins/2" }] },
        { reason: "pin-conflict", provenance: [{ pointer: "/pins/0" }, { pointer: "/pins/1" }] },
      ],
    });
    expect(stderr).toMatch(/found: {4}an empty text/);
    expect(server.requests.get("/ok")?.length ?? 0).toBe(asked);
  });

  it("judges bytes of manifests beside urls, and alone", async () => {
    const inline = { encoding: "base64", data: Buffer.from(BODY).toString("base64") };
    const sources = { "org.osbuild.inline": { items: { [`sha256:${SHA256}`]: inline } } };
    await workspace.write("m.json", JSON.stringify({ version: "2", pipelines: [], sources }));
    const { stdout, code } = await verify("--json", "m.json");
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      downloads: 0,
      results: [{ url: `inline:sha256:${SHA256}`, class: "ok", method: "inline" }],
    });
  });
});

describe("pins verify", () => {
  it("tells each class with what it means and what to do, and cannot be made to speak for the network", async () => {
    await pins(pinned("ok", { allow: gone }), pinned("drift"), pinned("denied"));
    const { stdout } = await verify();
    expect(stdout).toContain("drift  1 url: The bytes are not those that were reviewed");
    expect(stdout).toContain(`  drift  ${urlOf(server, "drift")}\n`);
    expect(stdout).toContain("    pinned at  a.pins.json:");
    expect(stdout).toContain("  next  Make it readable without credentials");
    expect(stdout).toContain("note: the allowance of ok is not needed any more: a.pins.json:");
    expect(stdout).toContain("3 urls: 1 drift, 1 denied, 1 ok");
    expect(stdout).not.toMatch(/^\s*::/m);
    expect(stdout.match(/tamper/g)).toHaveLength(1);
  });

  it("takes http to nowhere without being told that it is a test", async () => {
    await pins(pinned("ok"));
    const { code, stderr } = await workspace.run(["pins", "verify"], { env: WITHOUT_PROXIES });
    expect(code).toBe(2);
    expect(stderr).toContain("error: a.pins.json:");
    expect(stderr).toContain("expected: https");
    expect(stderr).toContain("next:     correct the url, then run: npx imagegate pins verify");
  });

  it("names the next command where nothing is pinned", async () => {
    const { code, stderr } = await verify();
    expect(code).toBe(2);
    expect(stderr).toContain("there is no *.pins.json in");
    expect(stderr).toContain("npx imagegate schema pins");
  });

  it("writes every format to a file", async () => {
    await pins(pinned("drift"));
    for (const [format, text] of [
      ["markdown", "### drift (1)"],
      ["junit", '<failure type="drift"'],
      ["sarif", '"startLine": 8'],
      ["json", '"class": "drift"'],
      ["text", "drift  1 url"],
    ] as const) {
      expect(await verify("--format", format, "--output", "report")).toMatchObject({ code: 1, stdout: "" });
      expect(await readFile(join(workspace.root, "report"), "utf8")).toContain(text);
    }
  });

  it("writes several formats after one download", async () => {
    await pins(pinned("ok2"));
    const asked = server.requests.get("/ok2")?.length ?? 0;
    const { code, stdout } = await verify("--also", "sarif=a.sarif", "--also=junit=a.xml");
    expect(code).toBe(0);
    expect(stdout).toContain("1 url: 1 ok (1 hashed)");
    expect(await readFile(join(workspace.root, "a.sarif"), "utf8")).toContain('"version": "2.1.0"');
    expect(await readFile(join(workspace.root, "a.xml"), "utf8")).toContain('tests="2"');
    expect(server.requests.get("/ok2")).toHaveLength(asked + 1);
    expect(await verify("--also", "sarif=no/such/folder")).toMatchObject({ code: 2 });
    expect((await verify("--also", "html=a.html")).stderr).toContain("--also takes FORMAT=FILE");
  });

  it.each([
    ["the pins file", ["a.pins.json", "--output", "a.pins.json"], "take the place of what is read"],
    ["a pins file that it finds", ["--also", "sarif=./a.pins.json"], "take the place of what is read"],
    ["a pins file behind a link", ["--output", "link.json"], "take the place of what is read"],
    [
      "a pins file through a linked folder",
      ["--also=json=here/a.pins.json"],
      "take the place of what is read",
    ],
    ["a manifest", ["m.json", "--also", "json=sub/../m.json"], "take the place of what is read"],
    ["what would be read next time", ["--output", "new.pins.json"], "be taken for a .pins.json file"],
    ["another report", ["--output", "same.json", "--also", "sarif=./same.json"], "two reports do not fit"],
    ["another of --also", ["--also", "sarif=s", "--also", "junit=here/s"], "two reports do not fit"],
  ])("never writes a report in the place of %s, nor asks for anything", async (_, args, problem) => {
    await pins(pinned("ok"));
    const path = join(workspace.root, "a.pins.json");
    const inline = { encoding: "base64", data: Buffer.from(BODY).toString("base64") };
    const sources = { "org.osbuild.inline": { items: { [`sha256:${SHA256}`]: inline } } };
    await workspace.write("m.json", JSON.stringify({ version: "2", pipelines: [], sources }));
    await symlink("a.pins.json", join(workspace.root, "link.json"));
    await symlink(".", join(workspace.root, "here"));
    const [text, before] = [await readFile(path, "utf8"), server.requests.get("/ok")?.length ?? 0];
    const { code, stdout, stderr } = await verify(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(problem);
    expect(await readFile(path, "utf8")).toBe(text);
    expect(server.requests.get("/ok")?.length ?? 0).toBe(before);
  });

  it("leaves pins that it cannot read as they are", async () => {
    await workspace.write("a.pins.json", "{");
    expect(await verify("--output", "a.pins.json")).toMatchObject({ code: 2, stdout: "" });
    expect(await readFile(join(workspace.root, "a.pins.json"), "utf8")).toBe("{");
  });

  it("writes several reports to what is no file", async () => {
    await pins(pinned("ok"));
    expect(await verify("--output", "/dev/null", "--also", "sarif=/dev/null")).toMatchObject({ code: 0 });
  });

  it("believes an earlier hash only when it is asked to", async () => {
    await pins(pinned("ok"));
    expect((await verify("--max-age", "7d", "--json")).code).toBe(0);
    expect(JSON.parse((await verify("--json")).stdout).results).toMatchObject([{ method: "hashed" }]);
  });

  it("keeps what is as pinned, by its digest", async () => {
    await pins(pinned("ok"), pinned("drift"));
    const { code, stderr } = await verify("--keep");
    expect(code).toBe(1);
    expect(stderr).toContain("kept 1 artifact under their sha256:");
    const path = stderr.split("\n").find((line) => line.endsWith(SHA256)) ?? "";
    expect(await readFile(path.trim(), "utf8")).toBe(BODY);
  });

  it("refuses arguments that contradict each other, and a proxy that is none", async () => {
    await pins(pinned("ok"));
    expect((await verify("--keep", "--max-age", "7d")).stderr).toContain("--keep downloads everything");
    expect((await verify("--json", "--format", "sarif")).stderr).toContain("ask for different things");
    expect((await verify("--timeout", "0s")).stderr).toContain("--timeout takes a duration from 1s");
    const proxied = await workspace.run(["pins", "verify", "--allow-loopback-http"], {
      env: { ...WITHOUT_PROXIES, HTTPS_PROXY: "secret" },
    });
    expect(proxied.code).toBe(2);
    expect(proxied.stderr).not.toContain("secret");
  });
});
