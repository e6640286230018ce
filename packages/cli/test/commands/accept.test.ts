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

/** The id of the one cause of a manifest. */
async function causeOf(workspace: Workspace, name: string): Promise<string> {
  const { stdout } = await workspace.run(["check", "--explain", "--json"]);
  const { manifests } = JSON.parse(stdout) as { manifests: { name: string; causes: string[] }[] };
  return manifests.find((each) => each.name === name)?.causes[0] ?? "";
}

describe("accept", () => {
  it("records a cause's manifests and leaves the others to check", async () => {
    const workspace = await moved();
    const id = await causeOf(workspace, "b");
    const { code, stdout } = await workspace.run(["accept", "--cause", id]);
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: "accepted  b\n1 record written; 1 manifest still differ\n",
    });
    expect(await workspace.run(["check"])).toMatchObject({ code: 1 });
    expect(await workspace.run(["accept", "--all", "--json"])).toMatchObject({
      stdout: '{"accepted":["c"],"left":[]}\n',
    });
    expect(await workspace.run(["check"])).toMatchObject({ code: 0 });
  });

  it("takes several causes, however they are given", async () => {
    const workspace = await moved();
    const [b, c] = [await causeOf(workspace, "b"), await causeOf(workspace, "c")];
    expect(b).not.toBe(c);
    const { stdout } = await workspace.run(["accept", "--cause", `${b},${c}`, "--json"]);
    expect(JSON.parse(stdout)).toEqual({ accepted: ["b", "c"], left: [] });
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
