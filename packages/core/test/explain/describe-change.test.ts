import { describe, expect, it } from "vitest";
import { change, describePair, manifest, mocked, texts } from "./manifests.ts";

/** A manifest with a long list. */
function list(from: number): unknown {
  return {
    ...manifest(),
    pipelines: [
      {
        name: "os",
        stages: [{ type: "x", options: { l: Array.from({ length: 5_000 }, (_, i) => `v${from + i}`) } }],
      },
    ],
  };
}

describe("describeChange", () => {
  const base = [mocked("bash"), mocked("kernel")];

  it("finds nothing where nothing differs", () => {
    expect(change({}, {})).toMatchObject({ class: "visible-only", items: [] });
  });

  it("names packages, and folds their sources in", () => {
    const { items } = change({}, { os: [...base, mocked("chrony")] });
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({
      kind: "packages",
      class: "rebuild",
      subject: "package + chrony",
      package: { sign: "+", name: "chrony" },
      places: [
        { part: "os", count: 1 },
        { part: "sources", count: 1 },
      ],
    });
  });

  it.each([
    [
      "a version",
      "chrony-4.5-1.el9.x86_64.rpm",
      "chrony-4.6-2.el9.x86_64.rpm",
      "chrony 4.5-1.el9 → 4.6-2.el9",
    ],
    [
      "a transaction",
      mocked("chrony", "os", 0),
      mocked("chrony", "os", 1),
      "chrony another build of the same version",
    ],
    ["a name with dashes", mocked("a-b-c"), mocked("a-b"), "+ a-b"],
  ])("reads %s of a package", (_, before, after, text) => {
    expect(texts(change({ os: [before] }, { os: [after] }))).toContain(`packages rebuild: ${text}`);
  });

  it("tells order and repetitions from changes", () => {
    const [bash, kernel] = base as [string, string];
    expect(texts(change({}, { os: [kernel, bash] }))).toEqual([
      "package-order id-blind: the same packages in another order: bash",
    ]);
    expect(texts(change({}, { os: [bash, kernel, bash] }))).toEqual([
      "package-order visible-only: packages named more or less often: bash",
    ]);
  });

  it("does not take a mark of a mocked solver for a package", () => {
    const mark = "pkgset:os_trans:0_repos:baseos+appstream-0:1-2.fk1.x86_64.rpm";
    expect(texts(change({}, { os: [...base, mark] }))).toEqual([
      "packages rebuild: dependency marker + pkgset:os_trans:0_repos:baseos+appstream",
    ]);
  });

  it("shows what changed in a file, and folds in all that names it", () => {
    const { items } = change({}, { readme: "one\nTWO\n" });
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({
      kind: "inline-source",
      text: "file /README: +1 −1 lines",
      diff: ["@@ -1 +1 @@", " one", "-two", "+TWO"],
    });
  });

  it("says where sources come from", () => {
    const mirror = "https://mirror.example/f43/f43-x86_64-fedora-20260301";
    expect(texts(change({}, { mirror }))).toEqual([
      "source-location visible-only: sources: snapshot date 20260101 → 20260301",
    ]);
    expect(texts(change({ mirror }, {}))).toEqual([
      "source-location visible-only: sources: snapshot date 20260301 → 20260101 (goes back)",
    ]);
  });

  it("tells another kind of source from another address", () => {
    const kind =
      "source-location visible-only: sources: kind of source org.osbuild.librepo → org.osbuild.curl";
    expect(texts(change({}, { sourceKind: "curl" }))).toEqual([kind]);
    const mirror = "https://other.example/f43/f43-x86_64-fedora-20260101";
    expect(texts(change({}, { sourceKind: "curl", mirror }))).toEqual([
      "source-location visible-only: sources: host mirror.example → other.example",
      kind,
    ]);
  });

  it("follows one value through all its places", () => {
    const { items } = change({}, { rootUuid: "681d0d86-d1e9-4e00-9679-39cb6694d2c4" });
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({
      kind: "linked-value",
      subject: "id uuid",
      places: [
        { part: "os", count: 2 },
        { part: "image", count: 1 },
      ],
    });
    expect(texts(change({}, { rootSize: 20_557_824 }))).toEqual([
      "linked-value rebuild: partitions[].size: 20559839 → 20557824",
    ]);
  });

  it("knows what no id sees", () => {
    expect(change({}, { runner: "org.osbuild.rhel10" })).toMatchObject({
      class: "id-blind",
      items: [{ kind: "runner", text: "runner: org.osbuild.fedora43 → org.osbuild.rhel10" }],
    });
  });

  it("says the words that came and went", () => {
    expect(texts(change({}, { kernelOptions: "ro console=tty0 quiet" }))).toEqual([
      "edit rebuild: org.osbuild.kernel-cmdline › kernel_opts: + quiet",
    ]);
  });

  it("sees a pipeline under another name", () => {
    expect(texts(change({}, { osName: "root" }))).toEqual(["edit visible-only: pipeline os is called root"]);
  });

  it("sees stages come, go and move", () => {
    const [a, b] = [
      { type: "org.osbuild.a", options: { x: 1 } },
      { type: "org.osbuild.b", options: { x: 1 } },
    ];
    expect(texts(change({ stages: [a] }, { stages: [b] }))).toEqual([
      "edit rebuild: − org.osbuild.a",
      "edit rebuild: + org.osbuild.b",
    ]);
    expect(texts(change({ stages: [a, b] }, { stages: [b, a] }))).toEqual([
      "edit rebuild: moved: org.osbuild.a",
    ]);
  });

  it("pictures the pipelines: what changed, what inherits", () => {
    const { pipelines } = change({}, { rootSize: 20_557_824, stages: [{ type: "org.osbuild.x" }] });
    expect(pipelines.map(({ name, change, exported }) => [name, change, exported])).toEqual([
      ["build", "same", false],
      ["os", "changed", false],
      ["image", "changed", true],
    ]);
    expect(pipelines[1]?.stages.at(-1)).toEqual({ type: "org.osbuild.x", change: "added" });
    expect(pipelines[2]).toMatchObject({ build: "build", inputs: ["os"] });
    const after = change({}, { os: [...base, mocked("chrony")] }).pipelines;
    expect(after.map(({ change }) => change)).toEqual(["same", "changed", "inherits"]);
    expect(after[1]?.stages.map(({ change }) => change)).toEqual(["same", "changed", "inherits", "inherits"]);
  });

  it("explains documents that are no manifests as edits", () => {
    expect(texts(describePair({ a: 1, b: [1] }, { a: 2, b: [1, 2] }))).toEqual([
      "edit rebuild: a: 1 → 2",
      "edit rebuild: b[]: + 2",
    ]);
  });

  it("counts the places that it does not show", () => {
    const { items } = describePair(list(0), list(5_000));
    const places = items.flatMap(({ places }) => places.map(({ count }) => count));
    expect(places.reduce((sum, count) => sum + count, 0)).toBe(10_000);
    for (const { edits, omittedEdits, places } of items) {
      expect(edits.length + omittedEdits).toBe(places.reduce((sum, { count }) => sum + count, 0));
    }
  });
});
