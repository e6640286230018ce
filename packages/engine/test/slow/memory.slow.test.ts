import { runProcess } from "@imagegate/host";
import { expect, it } from "vitest";
import { generateApart } from "../run/kills.ts";
import { makeWorkspace } from "../workspace.ts";

it(
  "survives a definition that takes all memory: its manifest fails, and nothing is recorded",
  { timeout: 120_000 },
  async () => {
    const workspace = makeWorkspace();
    const project = await workspace.family({
      generator: { kind: "module", entry: "./images.js" },
      manifest: "json",
    });
    const hungry = "() => { const all = []; for (;;) all.push(new Array(1_000).fill(all.length)); }";
    workspace.write(
      "images/demo/images.js",
      `export default [{ name: "a", manifest: ${hungry} }, { name: "b", manifest: {} }];`,
    );
    const [node, ...args] = generateApart(workspace, project);
    const outcome = await runProcess([node, "--max-old-space-size=128", ...args]);
    expect(outcome).toMatchObject({ kind: "exited", exitCode: 0 });
    const last =
      "stdout" in outcome ? Buffer.from(outcome.stdout).toString("utf8").trim().split("\n").at(-1) : "";
    expect(JSON.parse(last ?? "")).toMatchObject({
      ok: false,
      failure: { reason: "manifest-failed", manifests: [{ name: "a", failure: { reason: "worker-died" } }] },
    });
    expect(workspace.list("checksums")).toEqual([]);
  },
);
