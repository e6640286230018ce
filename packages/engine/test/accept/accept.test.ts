import { describe, expect, it } from "vitest";
import { accept, type Acceptance, type Accepted } from "../../src/accept/accept.ts";
import { openReview, type PendingReview } from "../../src/accept/pending.ts";
import { discoverProjects } from "../../src/config/workspace.ts";
import { generate } from "../../src/run/generate.ts";
import {
  contentsOf,
  failureOf,
  makeWorkspace,
  OFFERED,
  offerManifests,
  orThrow,
  sampleManifest,
  sharedSession,
  type Workspace,
} from "../workspace.ts";

const session = sharedSession();
const { signal } = new AbortController();

/** A manifest of a tag and an address, each an edit of its own kind when it moves. */
function imageOf(tag: string, url = "https://example.org/a"): object {
  const manifest = sampleManifest(tag);
  const digest = `sha256:${"a".repeat(64)}`;
  return { ...manifest, sources: { "org.osbuild.curl": { items: { [digest]: url } } } };
}

/** An image with more stages. */
function withStages(...types: readonly string[]): object {
  const image = imageOf("1") as { readonly pipelines: readonly { readonly stages: readonly object[] }[] };
  const added = types.map((type) => ({ type }));
  const [first, ...rest] = image.pipelines.toReversed();
  const pipeline = { ...first, stages: [...(first?.stages ?? []), ...added] };
  return { ...image, pipelines: [pipeline, ...rest].toReversed() };
}

type Images = Readonly<Record<string, object>>;

/** A workspace that recorded some images and makes others now. */
async function moved(before: Images, after: Images): Promise<Workspace> {
  const workspace = makeWorkspace();
  const project = await workspace.family({ generator: OFFERED });
  offerManifests(workspace, before);
  orThrow(await generate(project, session));
  offerManifests(workspace, after);
  return workspace;
}

function wordsFor({ reason }: { readonly reason: string }): string {
  return reason;
}

async function review({ root }: Workspace): Promise<PendingReview> {
  const projects = orThrow(await discoverProjects(root));
  return orThrow(await openReview({ root, projects }, session, { wordsFor }));
}

async function acceptIn(workspace: Workspace, acceptance: Acceptance): Promise<Accepted> {
  return orThrow(await accept(await review(workspace), acceptance, signal));
}

/** The records that all of the definitions should have. */
async function rightRecords(images: Images): Promise<Readonly<Record<string, string>>> {
  const workspace = await moved(images, images);
  return contentsOf(`${workspace.root}/checksums/demo`);
}

function recordsOf({ root }: Workspace): Readonly<Record<string, string>> {
  return contentsOf(`${root}/checksums/demo`);
}

/** The ids of the causes that a manifest has. */
function causesOf({ explained }: PendingReview, name: string): readonly string[] {
  return explained.explanation.manifests.find((manifest) => manifest.name === name)?.causes ?? [];
}

const BEFORE = { a: imageOf("1"), b: imageOf("1"), c: imageOf("1"), gone: imageOf("1") };
/** `a` has another host name, `b` another url, `c` both. */
const AFTER = {
  a: imageOf("2"),
  b: imageOf("1", "https://example.net/a"),
  c: imageOf("2", "https://example.net/a"),
  new: imageOf("9"),
};

describe("accepting", () => {
  it("a cause records exactly the manifests that have no other", async () => {
    const workspace = await moved(BEFORE, AFTER);
    const standing = recordsOf(workspace);
    const right = await rightRecords(AFTER);
    const ids = causesOf(await review(workspace), "a");
    const url = causesOf(await review(workspace), "b");
    expect(await acceptIn(workspace, { kind: "causes", ids })).toEqual({
      accepted: ["a"],
      left: ["b", "c", "gone", "new"],
      causes: ids,
      heldBack: ["c"],
      missing: url,
    });
    expect(recordsOf(workspace)).toEqual({ ...standing, "a.sum": right["a.sum"] });
  });

  it("every cause of a manifest records it", async () => {
    const workspace = await moved(BEFORE, AFTER);
    const ids = causesOf(await review(workspace), "c");
    expect(ids.length).toBeGreaterThan(1);
    expect((await acceptIn(workspace, { kind: "causes", ids })).accepted).toEqual(["a", "b", "c"]);
  });

  it("the ids of a cause's changes are as good as its own, whatever joined them meanwhile", async () => {
    const [before, one, both] = [imageOf("1"), withStages("a"), withStages("a", "b")];
    const workspace = await moved({ a: before, b: before, c: before }, { a: one, b: both, c: both });
    const first = await review(workspace);
    const ids = first.explained.explanation.causes.map(({ id }) => id);
    expect(ids).toHaveLength(2);
    expect((await acceptIn(workspace, { kind: "causes", ids: causesOf(first, "a") })).accepted).toEqual([
      "a",
    ]);
    const { causes } = (await review(workspace)).explained.explanation;
    expect(causes.map(({ changes }) => changes)).toEqual([ids.toSorted()]);
    expect((await acceptIn(workspace, { kind: "causes", ids })).accepted).toEqual(["b", "c"]);
  });

  it("a class leaves manifests that are more than that", async () => {
    const workspace = await moved(BEFORE, AFTER);
    expect((await acceptIn(workspace, { kind: "class", class: "visible-only" })).accepted).toEqual(["b"]);
    expect((await acceptIn(workspace, { kind: "class", class: "visible-only" })).accepted).toEqual([]);
  });

  it("all is what generate would record, conflicts and strange lines included", async () => {
    const workspace = await moved(BEFORE, AFTER);
    workspace.write("checksums/demo/a.sum", "<<<<<<< ours\n");
    workspace.write(
      "checksums/demo/b.sum",
      `${workspace.read("checksums/demo/b.sum").replace(/.*os\n$/, "")}`,
    );
    const { left } = await acceptIn(workspace, { kind: "all" });
    expect(left).toEqual([]);
    expect(recordsOf(workspace)).toEqual(await rightRecords(AFTER));
  });

  it("a record that cannot be read is accepted with nothing less than all", async () => {
    const workspace = await moved({ a: imageOf("1") }, { a: imageOf("2") });
    workspace.write("checksums/demo/a.sum", "<<<<<<< ours\n");
    for (const name of ["rebuild", "id-blind", "visible-only"] as const) {
      expect((await acceptIn(workspace, { kind: "class", class: name })).accepted).toEqual([]);
    }
  });

  it("nothing is fine where nothing differs", async () => {
    const workspace = await moved(BEFORE, BEFORE);
    expect(await acceptIn(workspace, { kind: "all" })).toEqual({
      accepted: [],
      left: [],
      causes: [],
      heldBack: [],
      missing: [],
    });
  });
});

describe("nothing is accepted", () => {
  it("of a cause that is none", async () => {
    const workspace = await moved(BEFORE, AFTER);
    const standing = recordsOf(workspace);
    const pending = await review(workspace);
    const [known = ""] = causesOf(pending, "a");
    const refused = await accept(pending, { kind: "causes", ids: [known, "0000000000000000"] }, signal);
    expect(failureOf(refused)).toMatchObject({ reason: "cause-unknown", id: "0000000000000000" });
    expect(recordsOf(workspace)).toEqual(standing);
  });

  it("over a record that somebody changed meanwhile", async () => {
    const workspace = await moved(BEFORE, AFTER);
    const pending = await review(workspace);
    workspace.write("checksums/demo/a.sum", workspace.read("checksums/demo/b.sum"));
    workspace.write(
      "checksums/demo/b.sum",
      workspace.read("checksums/demo/gone.sum").replace(/^sha256:./, "sha256:0"),
    );
    const standing = recordsOf(workspace);
    const refused = await accept(pending, { kind: "all" }, signal);
    expect(failureOf(refused)).toMatchObject({
      reason: "records-moved",
      paths: ["checksums/demo/b.sum"],
    });
    expect(recordsOf(workspace)).toEqual(standing);
  });

  it("once it is cancelled", async () => {
    const workspace = await moved(BEFORE, AFTER);
    const standing = recordsOf(workspace);
    const pending = await review(workspace);
    expect(failureOf(await accept(pending, { kind: "all" }, AbortSignal.abort()))).toEqual({
      reason: "cancelled",
    });
    expect(recordsOf(workspace)).toEqual(standing);
  });
});
