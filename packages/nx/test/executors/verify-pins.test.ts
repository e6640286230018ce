import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { SHA256, startPinnedServer, urlOf } from "../../../cli/test/fixtures/pinned-server.ts";
import type { LocalServer } from "../../../pins/test/fixtures/server.ts";
import { verifyPinsIn } from "../../src/executors/verify-pins.ts";
import { folderWith } from "../temporary.ts";

let server: LocalServer;
beforeAll(async () => {
  server = await startPinnedServer();
});
afterAll(() => server.stop());

const pinsTo = (...paths: readonly string[]): object => ({
  pins: paths.map((path) => ({ urls: [urlOf(server, path)], sha256: SHA256 })),
});

function verify(root: string, options: object, signal = new AbortController().signal) {
  const rerun = "npx nx run smoke/pins:verify-pins";
  return verifyPinsIn(root, { allowLoopbackHttp: true, ...options }, { rerun, signal });
}

const files = ["smoke/a.pins.json"];

describe("verify-pins", () => {
  test("succeeds when every byte is what was reviewed, and leaves its report", async () => {
    const root = folderWith({ "nx.json": {}, "smoke/a.pins.json": pinsTo("ok") });
    const outcome = await verify(root, {
      files,
      report: "dist/pins/smoke.json",
      also: ["sarif=dist/x.sarif"],
    });
    expect(outcome).toMatchObject({ success: true });
    expect(outcome.terminalOutput).toContain("Every pinned artifact is what was reviewed.");
    const report = JSON.parse(readFileSync(join(root, "dist/pins/smoke.json"), "utf8"));
    expect(report).toMatchObject({ exitCode: 0, counts: { ok: 1 } });
    expect(readFileSync(join(root, "dist/x.sarif"), "utf8")).toContain('"runs"');
  });

  test.each([
    ["drift", 1],
    ["denied", 2],
  ] as const)("fails for %s, and its report says so", async (path, exitCode) => {
    const root = folderWith({ "nx.json": {}, "smoke/a.pins.json": pinsTo("ok", path) });
    const outcome = await verify(root, { files, also: ["json=r.json"] });
    expect(outcome).toMatchObject({ success: false });
    expect(outcome.terminalOutput).toContain(urlOf(server, path));
    expect(JSON.parse(readFileSync(join(root, "r.json"), "utf8"))).toMatchObject({ exitCode });
  });

  test("reads the manifests of a family", async () => {
    const curl = { items: { [`sha256:${SHA256}`]: urlOf(server, "drift") } };
    const root = folderWith({
      "nx.json": {},
      "fedora/imagegate.json": { generator: { kind: "module", entry: "x.ts" }, pins: {} },
      "dist/manifests/fedora/a.json": { version: "2", pipelines: [], sources: { "org.osbuild.curl": curl } },
    });
    const outcome = await verify(root, { families: ["fedora"] });
    expect(outcome).toMatchObject({ success: false });
    expect(outcome.terminalOutput).toContain("dist/manifests/fedora/a.json");
  });

  test("leaves no report of an earlier run behind when it has none", async () => {
    const root = folderWith({ "nx.json": {}, "dist/r.json": "{}", "b/imagegate.json": "{" });
    const outcome = await verify(root, { families: ["b"], also: ["json=dist/r.json"] });
    expect(outcome).toMatchObject({ success: false });
    expect(existsSync(join(root, "dist/r.json"))).toBe(false);
  });

  test("looks at its own files and at no others, however they are called", async () => {
    const root = folderWith({ "nx.json": {}, "--help.pins.json": pinsTo("ok"), "b.pins.json": "{" });
    expect(await verify(root, { files: ["--help.pins.json"] })).toMatchObject({ success: true });
  });

  test.each([
    ["pins that are none", { files }, "smoke/a.pins.json"],
    ["an unknown option", { files, maxage: "7d" }, "maxage"],
    ["an age that is none", { files, maxAge: "soon" }, "--max-age"],
    ["a report that nobody knows", { files, also: ["docx=a"] }, "--also"],
    ["nothing to verify", {}, "neither files nor families"],
  ])("fails for %s, and says why and what to do", async (_, options, said) => {
    const root = folderWith({ "nx.json": {}, "smoke/a.pins.json": "{" });
    const outcome = await verify(root, options);
    expect(outcome).toMatchObject({ success: false });
    expect(outcome.terminalOutput).toContain(said);
  });

  test("fails when it is cancelled", async () => {
    const root = folderWith({ "nx.json": {}, "smoke/a.pins.json": pinsTo("ok") });
    expect(await verify(root, { files }, AbortSignal.abort())).toMatchObject({ success: false });
  });
});
