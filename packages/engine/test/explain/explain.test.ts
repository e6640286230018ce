import { rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { discoverProjects } from "../../src/config/workspace.ts";
import { explainFolders, explainRange, type Explained } from "../../src/explain/explain.ts";
import type { UnknownText } from "../../src/explain/side.ts";
import { generate } from "../../src/run/generate.ts";
import { openSession, type Session } from "../../src/run/session.ts";
import { git } from "../git/repository.ts";
import { gitWorkspace, type GitWorkspace } from "../lookup/git-workspace.ts";
import {
  failureOf,
  freshSession,
  makeWorkspace,
  OFFERED,
  offerManifests,
  orThrow,
  sampleManifest,
  sampleManifests,
  sharedSession,
  temporaryFolder,
} from "../workspace.ts";

const shared = sharedSession();

/** Explanations whose words are the reasons themselves. */
function options(unknown: UnknownText[] = []) {
  return {
    wordsFor: (text: UnknownText): string => {
      unknown.push(text);
      return text.reason;
    },
  };
}

async function explainIn(
  { workspace }: Pick<GitWorkspace, "workspace">,
  range: string | undefined,
  session: Session = shared,
): Promise<Explained> {
  const projects = orThrow(await discoverProjects(workspace.root));
  const question = { root: workspace.root, projects, isWhole: true, range };
  return orThrow(await explainRange(question, session, options()));
}

function countsOf({ explanation }: Explained) {
  const { changed, added, removed, unchanged, unexplained } = explanation;
  return { changed, added, removed, unchanged, unexplained };
}

/** Two commits: `b` changes, `c` goes, `d` comes. */
async function moved(
  config: object = {},
): Promise<GitWorkspace & { readonly base: string; readonly head: string }> {
  const made = await gitWorkspace(shared, { ...config });
  const base = await made.record("base", sampleManifests("a", "b", "c"));
  const head = await made.record("head", {
    ...sampleManifests("a", "d"),
    b: sampleManifest("b, otherwise"),
  });
  return { ...made, base, head };
}

const MOVED = { changed: 1, added: 1, removed: 1, unchanged: 1, unexplained: [] };

describe("between two commits", () => {
  it("what changed is told from their records", async () => {
    const made = await moved();
    const explained = await explainIn(made, `${made.base}..${made.head}`);
    expect(countsOf(explained)).toEqual(MOVED);
    expect(explained).toMatchObject({ from: made.base.slice(0, 12), to: made.head.slice(0, 12) });
    expect(explained.explanation.manifests.map(({ name, change }) => [name, change])).toEqual([
      ["b", "changed"],
      ["c", "removed"],
      ["d", "added"],
    ]);
    expect(explained.explanation.causes.flatMap(({ manifests }) => manifests)).toContain("b");
    expect(explained.locations.get("b")).toBe("checksums/demo/b.sum");
  });

  it.each([
    ["canonical digests", { form: "digest", of: "canonical" }],
    [
      "digests of a form that only the project knows",
      { form: "digest", algorithm: "sha1", of: "compact-line" },
    ],
    ["ids of pipelines", { form: "pipeline-ids" }],
  ])("with records that are %s", async (_, records) => {
    const made = await moved({ records });
    expect(countsOf(await explainIn(made, `${made.base}..${made.head}`))).toEqual(MOVED);
    expect(countsOf(await explainIn(made, made.base))).toEqual(MOVED);
  });

  it("a form of records that changed is no change of a manifest", async () => {
    const made = await moved();
    const project = await made.workspace.family({
      generator: OFFERED,
      records: { form: "digest", of: "raw" },
    });
    made.workspace.remove("checksums/demo");
    orThrow(await generate(project, shared));
    const head = await made.commit("other records");
    expect(countsOf(await explainIn(made, `${made.head}..${head}`))).toEqual({
      ...{ changed: 0, added: 0, removed: 0, unchanged: 3, unexplained: [] },
    });
  });

  it("manifests that the store does not know are generated anew, on either side", async () => {
    const made = await moved();
    const session = freshSession(shared, temporaryFolder());
    expect(countsOf(await explainIn(made, `${made.base}..${made.head}`, session))).toEqual(MOVED);
    expect(await git(made.workspace.root, "worktree", "list")).not.toContain("detached");
  });

  it("manifests that the store has lost, but for their fingerprints, are made anew too", async () => {
    const made = await moved();
    offerManifests(made.workspace, { ...sampleManifests("a", "d"), b: sampleManifest("b, once more") });
    const storeRoot = temporaryFolder();
    const range = made.base;
    await explainIn(made, range, freshSession(shared, storeRoot));
    for (const kind of ["manifest", "blob"]) rmSync(join(storeRoot, "v1", kind), { recursive: true });
    const session = openSession({ storeRoot, concurrency: 1, env: {} });
    expect(countsOf(await explainIn(made, range, session))).toEqual(MOVED);
    await session.close();
  });

  it("families of one manifest name are told apart", async () => {
    const made = await moved();
    const project = await made.workspace.family({ generator: OFFERED }, "images/other");
    offerManifests(made.workspace, sampleManifests("b"), "images/other");
    orThrow(await generate(project, shared));
    const head = await made.commit("other");
    const explained = await explainIn(made, `${made.base}..${head}`);
    expect(explained.explanation.manifests.map(({ name }) => name)).toEqual([
      "demo/b",
      "demo/c",
      "demo/d",
      "other/b",
    ]);
    expect(explained.locations.get("other/b")).toBe("checksums/other/b.sum");
  });

  it("a base without any family has no manifests", async () => {
    const made = await moved();
    const run = (...args: readonly string[]) => git(made.workspace.root, ...args);
    await run("checkout", "--quiet", "--orphan", "empty");
    await run("rm", "-r", "--quiet", "--cached", ".");
    await run("commit", "--quiet", "--allow-empty", "-m", "empty");
    await run("checkout", "--quiet", "-f", "main");
    await run("merge", "--quiet", "--allow-unrelated-histories", "-m", "joined", "empty");
    expect(countsOf(await explainIn(made, "empty..main"))).toMatchObject({
      added: 3,
      changed: 0,
      removed: 0,
    });
  });
});

describe("the working tree", () => {
  it("is what its definitions make now, whatever its records say", async () => {
    const made = await moved();
    offerManifests(made.workspace, sampleManifests("a", "new"));
    const explained = await explainIn(made, "HEAD");
    expect(countsOf(explained)).toMatchObject({ changed: 0, added: 1, removed: 2, unchanged: 1 });
    expect(explained.to).toBe("the working tree");
  });

  it("that cannot be generated fails with its family", async () => {
    const made = await moved();
    made.workspace.write("images/demo/offered.ndjson", "{");
    const projects = orThrow(await discoverProjects(made.workspace.root));
    const question = { root: made.workspace.root, projects, isWhole: true, range: "HEAD" };
    expect(failureOf(await explainRange(question, shared, options()))).toMatchObject({
      family: "demo",
      failure: { reason: "command-output" },
    });
  });
});

/** What cannot be explained, and why, on a machine that has seen nothing. */
async function unexplainedOn(made: GitWorkspace, range: string) {
  const unknown: UnknownText[] = [];
  const projects = orThrow(await discoverProjects(made.workspace.root));
  const question = { root: made.workspace.root, projects, isWhole: true, range };
  const session = freshSession(shared, temporaryFolder());
  const explained = orThrow(await explainRange(question, session, options(unknown)));
  return { unexplained: explained.explanation.unexplained, unknown };
}

describe("only digests are known", () => {
  it("of records that are not those of their commit's definitions", async () => {
    const made = await gitWorkspace(shared);
    await made.record("base", sampleManifests("a", "b"));
    offerManifests(made.workspace, { a: sampleManifest("a"), b: sampleManifest("forgotten") });
    const wrong = await made.commit("the records are forgotten");
    offerManifests(made.workspace, { a: sampleManifest("a"), b: sampleManifest("now") });
    const { unexplained } = await unexplainedOn(made, wrong);
    expect(unexplained).toEqual([{ name: "b", because: "text-not-recorded" }]);
  });

  it("of a commit that cannot be generated", async () => {
    const made = await gitWorkspace(shared, { setup: ["false"] });
    const base = await made.record("base", sampleManifests("a"));
    await made.record("head", { a: sampleManifest("other") });
    const { unexplained, unknown } = await unexplainedOn(made, base);
    expect(unexplained).toEqual([{ name: "a", because: "text-not-made" }]);
    expect(unknown).toMatchObject([{ at: base, cause: { reason: "setup-failed", argv: ["false"] } }]);
  });

  it("of a record that cannot be read", async () => {
    const made = await gitWorkspace(shared);
    await made.record("base", sampleManifests("a", "b"));
    made.workspace.write("checksums/demo/a.sum", "<<<<<<< ours\n");
    const conflicted = await made.commit("conflicted");
    const { unexplained } = await unexplainedOn(made, conflicted);
    expect(unexplained).toEqual([{ name: "a", because: "record-unreadable" }]);
  });
});

describe("two folders", () => {
  it("are paired by name, wherever they stand", async () => {
    const workspace = makeWorkspace();
    for (const name of ["a", "b", "deep/c"]) workspace.write(`old/${name}.json`, sampleManifest(name));
    for (const name of ["a", "deep/c", "new"]) workspace.write(`new/${name}.json`, sampleManifest(name));
    workspace.write("new/b.json", sampleManifest("b, otherwise"));
    workspace.write("new/a.json", JSON.stringify(sampleManifest("a")));
    workspace.write("new/notes.txt", "no manifest");
    const folders = { from: `${workspace.root}/old`, to: `${workspace.root}/new`, projects: [] };
    const explained = orThrow(await explainFolders(folders, shared, options()));
    expect(countsOf(explained)).toEqual({ changed: 1, added: 1, removed: 0, unchanged: 2, unexplained: [] });
    expect(explained.explanation.manifests.map(({ name }) => name)).toEqual(["b", "new"]);
  });

  it("fail when one is not there, both are empty, or a manifest is no JSON", async () => {
    const workspace = makeWorkspace();
    workspace.write("empty/notes.txt", "");
    workspace.write("broken/a.json", "{");
    workspace.write("good/a.json", "{}");
    const ask = async (from: string, to: string) => {
      const folders = { from: `${workspace.root}/${from}`, to: `${workspace.root}/${to}`, projects: [] };
      return failureOf(await explainFolders(folders, shared, options())).failure;
    };
    expect(await ask("gone", "good")).toEqual({ reason: "folder-missing", path: `${workspace.root}/gone` });
    expect(await ask("empty", "empty")).toMatchObject({ reason: "folders-empty" });
    expect(await ask("good", "broken")).toMatchObject({
      reason: "document-unreadable",
      path: `${workspace.root}/broken/a.json`,
    });
  });
});
