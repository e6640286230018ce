import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { LocalServer } from "../../../pins/test/fixtures/server.ts";
import { SHA256, startPinnedServer, urlOf, WITHOUT_PROXIES } from "../fixtures/pinned-server.ts";
import { makeWorkspace, type Workspace } from "../fixtures/workspace.ts";

const FILES = { generator: { kind: "files", include: ["*.json"] } };
const MODULE = { generator: { kind: "module", entry: "./images.ts" } };

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

/** A manifest whose sources pin what the server has at a path, and a commit that no url and digest can name. */
function manifest(path: string, more: object = {}): string {
  const curl = { items: { [`sha256:${SHA256}`]: { url: urlOf(server, path) } } };
  return JSON.stringify({ version: "2", pipelines: [], sources: { "org.osbuild.curl": curl, ...more } });
}

async function family(name: string, config: object): Promise<void> {
  await workspace.write(`${name}/imagegate.json`, JSON.stringify(config));
}

async function verify(...args: readonly string[]) {
  const ran = await workspace.run(["pins", "verify", "--allow-loopback-http", "--json", ...args], {
    env: WITHOUT_PROXIES,
  });
  const { results = [], failures } = JSON.parse(ran.stdout) as {
    readonly results?: readonly { readonly url: string; readonly class: string }[];
    readonly failures?: readonly { readonly reason: string }[];
  };
  return { ...ran, failures, classes: results.map(({ url, class: name }) => [url, name]) };
}

describe("pins verify without a file", () => {
  it("reads the manifests of families that ask for it, beside the pins files, each url once", async () => {
    await family("fedora", { ...FILES, pins: {} });
    await family("centos", { ...MODULE, pins: {} });
    await family("silent", FILES);
    await workspace.write("fedora/a.json", manifest("ok"));
    await workspace.write("dist/manifests/centos/b.json", manifest("drift"));
    await workspace.write("silent/c.json", manifest("nothing-here"));
    const pin = { urls: [urlOf(server, "ok")], sha256: SHA256 };
    await workspace.write("smoke.pins.json", JSON.stringify({ pins: [pin] }));
    const { code, classes } = await verify();
    expect({ code, classes }).toEqual({
      code: 1,
      classes: [
        [urlOf(server, "ok"), "ok"],
        [urlOf(server, "drift"), "drift"],
      ],
    });
  });

  it("needs no pins file where there are families", async () => {
    await family("fedora", { ...FILES, pins: {} });
    await workspace.write("fedora/a.json", manifest("ok"));
    expect(await verify()).toMatchObject({ code: 0, classes: [[urlOf(server, "ok"), "ok"]] });
  });

  it("cannot decide before a family's manifests are there", async () => {
    await family("centos", { ...MODULE, pins: {} });
    const { code, stdout, stderr } = await verify();
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({
      problems: [
        { reason: "pins-no-match", provenance: [{ path: "centos/imagegate.json", pointer: "/pins" }] },
      ],
    });
    expect(stderr).toContain("npx imagegate generate");
  });

  it("cannot decide beside a configuration that nobody can read: it may be that of such a family", async () => {
    const pin = { urls: [urlOf(server, "ok")], sha256: SHA256 };
    await workspace.write("smoke.pins.json", JSON.stringify({ pins: [pin] }));
    await workspace.write("fedora/imagegate.json", "{");
    expect(await verify()).toMatchObject({ code: 2, failures: [{ reason: "config-unreadable" }] });
    expect(await verify("smoke.pins.json")).toMatchObject({ code: 0 });
  });

  it("counts sources that cannot be verified when the family lists their type, and refuses them otherwise", async () => {
    const commits = { "org.osbuild.ostree": { items: { [`sha256:${SHA256}`]: {} } } };
    await workspace.write("fedora/a.json", manifest("ok", commits));
    await family("fedora", { ...FILES, pins: {} });
    const refused = await verify();
    expect(refused.code).toBe(2);
    expect(JSON.parse(refused.stdout)).toMatchObject({ problems: [{ reason: "pins-source-unsupported" }] });
    await family("fedora", { ...FILES, pins: { unverified: ["org.osbuild.ostree"] } });
    const counted = await verify();
    expect(counted.code).toBe(0);
    expect(JSON.parse(counted.stdout)).toMatchObject({
      unverified: [{ what: "org.osbuild.ostree", count: 1 }],
    });
  });
});

describe("pins verify --family", () => {
  it("reads the manifests of that family and nothing else, whether or not it asks for it", async () => {
    await family("fedora", FILES);
    await family("centos", { ...FILES, pins: {} });
    await workspace.write("fedora/a.json", manifest("ok"));
    await workspace.write("broken.pins.json", "{");
    expect(await verify("--family", "fedora")).toMatchObject({
      code: 0,
      classes: [[urlOf(server, "ok"), "ok"]],
    });
  });

  it("knows no other family", async () => {
    await family("fedora", FILES);
    expect(await verify("--family", "fedoar")).toMatchObject({
      code: 2,
      failures: [{ reason: "family-unknown" }],
    });
  });
});
