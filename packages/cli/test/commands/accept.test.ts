import { afterEach, describe, expect, it } from "vitest";
import { filesFamily, makeWorkspace, manifest, type Workspace } from "../fixtures/workspace.ts";

const workspaces: Workspace[] = [];

/** A family of three manifests, of which `b` and `c` are others now, each for a reason of its own. */
async function moved(): Promise<Workspace> {
  const workspace = await makeWorkspace(filesFamily("demo", ["a", "b", "c"]));
  workspaces.push(workspace);
  expect(await workspace.run(["generate"])).toMatchObject({ code: 0 });
  await workspace.write("demo/m/b.json", manifest("other"));
  await workspace.write("demo/m/c.json", manifest("c").replace('hostname"', 'locale"'));
  return workspace;
}

afterEach(async () => {
  for (const workspace of workspaces.splice(0)) await workspace.remove();
});

/** The same manifest, built on a runner. */
function onRunner(text: string): string {
  return text.replace('"build"', '"build","runner":"org.osbuild.x"');
}

/** The ids of a manifest's causes. */
async function causesOf(workspace: Workspace, name: string): Promise<readonly string[]> {
  const { stdout } = await workspace.run(["check", "--explain", "--json"]);
  const { manifests } = JSON.parse(stdout) as { manifests: { name: string; causes: string[] }[] };
  return manifests.find((each) => each.name === name)?.causes ?? [];
}

/** The id of the one cause of a manifest. */
async function causeOf(workspace: Workspace, name: string): Promise<string> {
  return (await causesOf(workspace, name))[0] ?? "";
}

describe("accept", () => {
  it("records a cause's manifests and leaves the others to check", async () => {
    const workspace = await moved();
    const id = await causeOf(workspace, "b");
    const { code, stdout } = await workspace.run(["accept", "--cause", id]);
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: "accepted  b\n1 record written; 1 manifest still differs\n",
    });
    expect(await workspace.run(["check"])).toMatchObject({ code: 1 });
    expect(await workspace.run(["accept", "--all", "--json"])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^\{"accepted":\["c"\],"left":\[\],/),
    });
    expect(await workspace.run(["check"])).toMatchObject({ code: 0 });
  });

  it("takes several causes, however they are given", async () => {
    const workspace = await moved();
    const [b, c] = [await causeOf(workspace, "b"), await causeOf(workspace, "c")];
    expect(b).not.toBe(c);
    const { stdout } = await workspace.run(["accept", "--cause", `${b},${c}`, "--json"]);
    expect(JSON.parse(stdout)).toMatchObject({ accepted: ["b", "c"], left: [] });
  });

  it("fails when every manifest of what was accepted has another cause, and says which", async () => {
    const workspace = await moved();
    await workspace.write("demo/m/b.json", onRunner(manifest("other")));
    await workspace.write("demo/m/c.json", onRunner(manifest("c")));
    const [ids, runner] = [await causesOf(workspace, "b"), await causeOf(workspace, "c")];
    const held = ids.find((id) => id !== runner) ?? "";
    expect(ids).toHaveLength(2);
    const { code, stdout, stderr } = await workspace.run(["accept", "--cause", held]);
    expect({ code, stdout }).toMatchObject({ code: 2, stdout: expect.stringContaining("0 records written") });
    for (const id of ids) expect(stderr).toContain(id);
    expect(stderr).toContain("npx imagegate accept --cause ");
  });

  it("fails when nothing that differs is of the class, and does not when nothing differs", async () => {
    const workspace = await moved();
    const { code, stderr } = await workspace.run(["accept", "--class", "visible-only"]);
    expect({ code, stderr }).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("2 manifests differ"),
    });
    expect(await workspace.run(["accept", "--all"])).toMatchObject({ code: 0 });
    expect(await workspace.run(["accept", "--class", "visible-only"])).toMatchObject({
      code: 0,
      stdout: "0 records written; nothing is left\n",
    });
  });

  it.each([
    [[], "one of --cause, --class and --all is needed"],
    [["--all", "--class", "rebuild"], "one of --cause, --class and --all is needed"],
    [["--class", "harmless"], "--class takes one of"],
    [["--cause", "0000000000000000"], "has a cause"],
  ])("refuses %j", async (args, problem) => {
    const workspace = await moved();
    const { code, stderr } = await workspace.run(["accept", ...args]);
    expect(code).toBe(2);
    expect(stderr).toContain(problem);
  });
});
