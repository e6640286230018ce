import { fingerprintBytes } from "@imagegate/engine";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeWorkspace, manifest, type Workspace } from "../fixtures/workspace.ts";

let workspace: Workspace;

beforeAll(async () => {
  workspace = await makeWorkspace({
    "a.json": manifest("a"),
    "007": '{"x": 1.0}',
    "b\u001b.json": manifest("b"),
    "bad.json": '{"version": "2", "version": "2"}',
  });
});
afterAll(() => workspace.remove());

/** What the line of a manifest must be. */
function expected(name: string, hostname: string): unknown {
  const fingerprint = fingerprintBytes(Buffer.from(manifest(hostname)), "osbuild-ids");
  if (!fingerprint.ok || fingerprint.value.pipelines === null) throw new Error("the fixture is a manifest");
  const { manifest: digest, sources, pipelines } = fingerprint.value;
  return { name, manifest: `sha256:${digest}`, sources: `sha256:${sources}`, pipelines };
}

describe("fingerprint", () => {
  it("prints one line of JSON a file, in the order of the arguments, stdin among them", async () => {
    const args = ["fingerprint", "--json", "./b\u001b.json", "-", "a.json"];
    const { code, stdout, stderr } = await workspace.run(args, { input: manifest("in") });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const lines = stdout.trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      expected("b\u001b", "b"),
      expected("-", "in"),
      expected("a", "a"),
    ]);
    expect(stdout).not.toContain("\u001b");
    const [build] = JSON.parse(lines[2] ?? "").pipelines;
    expect(build).toEqual({ name: "build", id: null, stages: [] });
  });

  it("goes on after a bad file, and gives 2", async () => {
    const { code, stdout, stderr } = await workspace.run(["fingerprint", "bad.json", "none.json", "a.json"]);
    expect(code).toBe(2);
    expect(stdout).toMatch(
      /^a\nsha256:[0-9a-f]{64}  manifest\nsha256:[0-9a-f]{64}  sources\n-  pipeline build\n/,
    );
    expect(stderr).toContain('error: bad.json: the key "version" stands twice');
    expect(stderr).toContain("error: none.json: there is no file");
  });

  it("takes any JSON on request, and a name that looks like a number for what it is", async () => {
    const { code, stdout } = await workspace.run(["fingerprint", "--manifest", "json", "--json", "007"]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ name: "007", sources: null, pipelines: [] });
    const plain = await workspace.run(["fingerprint", "007"]);
    expect(plain).toMatchObject({ code: 2, stdout: "" });
    expect(plain.stderr).toContain("--manifest json");
  });
});

describe("ids", () => {
  it("prints the id of every pipeline and stage", async () => {
    const { pipelines } = expected("a", "a") as { pipelines: { id: string | null }[] };
    const text = await workspace.run(["ids", "a.json"]);
    expect(text.stdout.split("\n").map((line) => line.trim())).toContain(`${pipelines[1]?.id}  pipeline os`);
    const json = await workspace.run(["ids", "-", "--json"], { input: manifest("a") });
    expect(JSON.parse(json.stdout)).toEqual({ name: "-", pipelines });
  });
});
