import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { resolveOperand } from "../../src/lookup/compare-operands.ts";
import { check } from "../../src/run/check.ts";
import { generate } from "../../src/run/generate.ts";
import { git } from "../git/repository.ts";
import { gitWorkspace } from "../lookup/git-workspace.ts";
import {
  failureOf,
  makeWorkspace,
  OFFERED,
  offerManifests,
  orThrow,
  program,
  sampleManifests,
  sharedSession,
  snapshotOf,
  type ConfigText,
} from "../workspace.ts";

const shared = sharedSession();

async function recorded(config: ConfigText = {}) {
  const workspace = makeWorkspace();
  const project = await workspace.family({ generator: OFFERED, ...config });
  offerManifests(workspace, sampleManifests("a", "b"));
  orThrow(await generate(project, shared));
  return { workspace, project, records: () => snapshotOf(join(workspace.root, "checksums")) };
}

/** What hurt in other systems of this kind, each by its name. */
describe("closed here", () => {
  it("a generator that does not compile exits 0", async () => {
    const { workspace, records } = await recorded();
    const before = await records();
    const generator = {
      kind: "command",
      argv: [program("generate"), "nothing", "{outDir}"],
      output: "directory",
    };
    const project = await workspace.family({ generator });
    expect(failureOf(await check(project, shared))).toEqual({ reason: "generator-empty" });
    expect(failureOf(await generate(project, shared))).toEqual({ reason: "generator-empty" });
    expect(await records()).toEqual(before);
  });

  it("bad ref reads as no change", async () => {
    const { workspace, project, record } = await gitWorkspace(shared);
    await record("first", sampleManifests("a"));
    const context = {
      root: workspace.root,
      cwd: workspace.root,
      projects: [project],
      store: shared.store,
    };
    expect(failureOf(await resolveOperand("no-such-branch:a", context))).toMatchObject({
      reason: "revision-unknown",
    });
  });

  it("untracked new record passes", async () => {
    const { workspace, project } = await recorded();
    offerManifests(workspace, sampleManifests("a", "b", "new"));
    expect(orThrow(await check(project, shared))).toMatchObject({
      verdict: "differs",
      summary: { added: 1 },
    });
    offerManifests(workspace, sampleManifests("a", "b"));
    workspace.write("checksums/demo/stray.sum", workspace.read("checksums/demo/a.sum"));
    expect(orThrow(await check(project, shared))).toMatchObject({
      verdict: "differs",
      summary: { removed: 1 },
    });
  });

  it("pruning under a filter", async () => {
    const { workspace, project, records } = await recorded();
    const before = await records();
    const shard = { kind: "part", index: 1, count: 2 } as const;
    expect(orThrow(await check(project, shared, { shard })).verdict).toBe("same");
    // A command that filters by itself must still give all the names that are asked of it.
    const filtered = await workspace.family({ generator: { ...OFFERED, list: ["a", "b"] } });
    offerManifests(workspace, sampleManifests("a"));
    expect(failureOf(await generate(filtered, shared))).toEqual({ reason: "names-missing", names: ["b"] });
    expect(await records()).toEqual(before);
  });

  it("leftover records of removed images", async () => {
    const { workspace, project } = await recorded();
    offerManifests(workspace, sampleManifests("a"));
    expect(orThrow(await check(project, shared))).toMatchObject({
      verdict: "differs",
      summary: { removed: 1 },
    });
    expect(orThrow(await generate(project, shared)).removed).toEqual(["b"]);
    expect(workspace.list("checksums/demo")).toEqual(["a.sum"]);
  });

  it("conflict markers", async () => {
    const { workspace, project } = await recorded();
    const record = workspace.read("checksums/demo/a.sum");
    workspace.write("checksums/demo/a.sum", `<<<<<<< ours\n${record}=======\n${record}>>>>>>> theirs\n`);
    expect(orThrow(await check(project, shared)).verdicts).toMatchObject([
      { name: "a", state: "conflicted" },
      { name: "b", state: "same" },
    ]);
  });

  it("two green branches that break main together", async () => {
    const argv = ["sh", "generate.sh"];
    const { workspace, project, commit } = await gitWorkspace(shared, {
      generator: { kind: "command", argv, output: "ndjson" },
      manifest: "json",
    });
    workspace.write(
      "images/demo/generate.sh",
      `for name in $(ls names); do echo "{\\"name\\":\\"$name\\",\\"manifest\\":[$(cat common)]}"; done`,
    );
    const verdict = async () => orThrow(await check(project, shared)).verdict;
    const save = async (subject: string): Promise<void> => {
      orThrow(await generate(project, shared));
      await commit(subject);
    };
    workspace.write("images/demo/common", "1");
    workspace.write("images/demo/names/a", "");
    await save("main");
    await git(workspace.root, "switch", "--quiet", "--create", "one");
    workspace.write("images/demo/common", "2");
    await save("all images change");
    expect(await verdict()).toBe("same");
    await git(workspace.root, "switch", "--quiet", "--create", "two", "main");
    workspace.write("images/demo/names/b", "");
    await save("an image is added");
    expect(await verdict()).toBe("same");
    // Git sees no conflict: only a check of the merge result does, which is what the workflow checks out.
    await git(
      workspace.root,
      "-c",
      "user.name=m",
      "-c",
      "user.email=m",
      "merge",
      "--quiet",
      "--no-edit",
      "one",
    );
    expect(orThrow(await check(project, shared)).verdicts).toMatchObject([
      { name: "a", state: "same" },
      { name: "b", state: "changed" },
    ]);
  });
});
