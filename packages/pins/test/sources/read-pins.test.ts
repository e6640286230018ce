import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeFolder, type Folder } from "../fixtures/folder.ts";
import { sha256Of } from "../fixtures/pins.ts";

const a = { urls: ["https://h.org/a"], sha256: "a".repeat(64) };
const b = { urls: ["https://h.org/b"], sha256: "b".repeat(64) };
const pattern = { at: "/images/*", url: "/location", digest: "/digest" };

let folder: Folder;
beforeEach(async () => {
  folder = await makeFolder();
});
afterEach(() => folder.remove());

describe("the pins of files", () => {
  it("are those of every file that was named, once", async () => {
    await folder.write("x/a.pins.json", { pins: [{ name: "one", ...a }] });
    await folder.write("b.pins.json", { pins: [a, b] });
    const set = await folder.read("x/a.pins.json", "b.pins.json", join(folder.root, "x/../b.pins.json"));
    expect(set.problems).toEqual([]);
    expect(set.documents).toEqual(["x/a.pins.json", "b.pins.json"]);
    expect(set.places).toBe(3);
    expect(set.pins).toMatchObject([
      {
        name: "one",
        provenance: [
          { path: "x/a.pins.json", pointer: "/pins/0", line: 8 },
          { path: "b.pins.json", pointer: "/pins/0", line: 7 },
        ],
      },
      { name: "b", urls: ["https://h.org/b"] },
    ]);
  });

  it("are those of every pins file of the workspace when none was named", async () => {
    await folder.write("z.pins.json", { pins: [a] });
    await folder.write("y/.pins.json", { pins: [b] });
    await folder.write("node_modules/p/x.pins.json", "not read");
    await folder.write("dist/x.pins.json", "not read");
    const { documents, problems } = await folder.read();
    expect({ documents, problems }).toEqual({ documents: ["z.pins.json"], problems: [] });
  });

  it("may say where they are from", async () => {
    await folder.write("a.pins.json", { pins: [{ ...a, pinnedAt: { path: "smoke/pins.py", line: 3 } }] });
    const { pins } = await folder.read("a.pins.json");
    expect(pins[0]?.provenance).toEqual([{ path: "smoke/pins.py", pointer: null, line: 3 }]);
  });

  it("tell all that is wrong with them, in all files", async () => {
    await folder.write("a.pins.json", {
      pins: [a, { ...a, sha256: "b".repeat(64) }, { urls: ["x"], sha1: "" }],
    });
    await folder.write("b.pins.json", '{"pins":[\n{"urls":["https://h"],"sha257":"","size":-1}]}');
    await folder.write("c.pins.json", '{"pins":[\n}');
    const { problems } = await folder.read("a.pins.json", "b.pins.json", "c.pins.json", "d.pins.json");
    expect(problems).toMatchObject([
      { reason: "pin-field-invalid", place: { path: "b.pins.json", pointer: "/pins/0/size", line: 2 } },
      { reason: "pin-field-invalid", place: { pointer: "/pins/0/sha257", line: 2 }, problem: "unknown-key" },
      {
        reason: "pins-document-unreadable",
        path: "c.pins.json",
        cause: { reason: "json-syntax", at: { line: 2, column: 1 } },
      },
      { reason: "pins-document-unreadable", cause: { reason: "missing", path: "d.pins.json" } },
      { reason: "pin-url-invalid", place: { path: "a.pins.json", pointer: "/pins/2" } },
      { reason: "pin-digest-invalid", place: { pointer: "/pins/2" }, found: "" },
      { reason: "pin-digest-missing", place: { path: "b.pins.json", pointer: "/pins/0" } },
      { reason: "pin-conflict", url: "https://h.org/a", of: "sha256" },
    ]);
  });

  it("tell what is wrong with each entry, whichever others are none, and run nothing then", async () => {
    const program = { kind: "program", argv: ["no-such-program"] };
    const pins = [{ urls: [] }, { ...a, sha256: "short" }, "text", a, { ...a, sha256: "b".repeat(64) }];
    await folder.write("a.pins.json", { pins, sources: [program], more: 1 });
    const { problems } = await folder.read("a.pins.json");
    expect(problems).toMatchObject([
      { reason: "pin-field-invalid", place: { pointer: "/pins/0/urls" } },
      { reason: "pin-field-invalid", place: { pointer: "/pins/2" } },
      { reason: "pin-field-invalid", place: { pointer: "/more" }, problem: "unknown-key" },
      { reason: "pin-digest-missing", place: { pointer: "/pins/0" } },
      { reason: "pin-digest-invalid", place: { pointer: "/pins/1" }, found: "short" },
      {
        reason: "pin-conflict",
        of: "sha256",
        claims: [{ place: { pointer: "/pins/3" } }, { place: { pointer: "/pins/4" } }],
      },
    ]);
    await folder.write("b.pins.json", { pins: {} });
    expect((await folder.read("b.pins.json")).problems).toMatchObject([{ place: { pointer: "/pins" } }]);
  });

  it("are named once a file, or always the same", async () => {
    await folder.write("a.pins.json", {
      pins: [
        { name: "x", ...a },
        { name: "x", ...b },
        { name: "y", ...a },
        { name: "y", ...a },
      ],
    });
    await folder.write("b.pins.json", { pins: [{ name: "y", ...b }] });
    const { problems } = await folder.read("a.pins.json", "b.pins.json");
    expect(problems).toMatchObject([
      { reason: "pin-name-twice", name: "x", places: [{ pointer: "/pins/0" }, { pointer: "/pins/1" }] },
    ]);
  });

  it.each([
    ["an empty list", { pins: [] }],
    ["nothing at all", {}],
    ["a manifest without sources", { version: "2", pipelines: [] }],
  ])("must not be %s", async (_, content) => {
    const path = "version" in content ? "m.json" : "a.pins.json";
    await folder.write(path, content);
    expect((await folder.read(path)).problems).toEqual([{ reason: "pins-none", files: [path] }]);
  });

  it("must be somewhere", async () => {
    expect((await folder.read()).problems).toEqual([{ reason: "pins-file-none", root: folder.root }]);
  });
});

describe("a file that was named", () => {
  const manifest = { version: "2", pipelines: [], sources: { "org.osbuild.curl": { items: {} as object } } };

  it("is told by its members when nothing else says what it is", async () => {
    const items = { [`sha256:${"a".repeat(64)}`]: "https://h.org/a" };
    await folder.write("m.json", { ...manifest, sources: { "org.osbuild.curl": { items } } });
    await folder.write("p.json", { pins: [b] });
    const { pins, problems } = await folder.read("m.json", "p.json");
    expect(problems).toEqual([]);
    expect(pins.map(({ urls }) => urls[0])).toEqual(["https://h.org/a", "https://h.org/b"]);
  });

  it("is read as the workspace's pins files say, if they include it", async () => {
    await folder.write(
      "x/t.yaml",
      `images:\n- location: https://h.org/a\n  digest: sha256:${"a".repeat(64)}\n`,
    );
    await folder.write("broken.pins.json", "{");
    await folder.write("x/templates.pins.json", {
      sources: [{ kind: "documents", include: ["*.yaml"], pattern }],
    });
    const { pins, documents } = await folder.read("x/t.yaml");
    expect(documents).toEqual(["x/t.yaml"]);
    expect(pins[0]?.provenance).toEqual([{ path: "x/t.yaml", pointer: "/images/0", line: 3 }]);
  });

  it("is looked for once, however many are named", async () => {
    const names = Array.from({ length: 20 }, (_, index) => `x/${index}.json`);
    const entry = { location: "https://h.org/a", digest: "a".repeat(64) };
    for (const name of names) await folder.write(name, { images: [entry] });
    await folder.write("x.pins.json", { sources: [{ kind: "documents", include: ["x/*.json"], pattern }] });
    const { pins, problems } = await folder.read(...names, "x.pins.json");
    expect(problems).toEqual([]);
    // A document that is read twice pins in as many places as if it were read once.
    expect(pins[0]?.provenance.map(({ path }) => path)).toEqual(names);
  });

  it.each([
    ["a YAML file that nothing includes", "t.yaml", "images: []"],
    ["JSON of another kind", "t.json", '{"a":1}'],
    ["a list", "t.json", "[]"],
  ])("is refused when it is %s", async (_, path, content) => {
    await folder.write(path, content);
    expect((await folder.read(path)).problems).toEqual([{ reason: "pins-document-unknown", path }]);
  });
});

function manifestsWithout(...exclude: readonly string[]) {
  return { kind: "osbuild", include: ["*.json"], exclude };
}

describe("sources of a pins file", () => {
  it("are read in their order, from its folder", async () => {
    await folder.write(
      "s/t.toml",
      `[[images]]\nlocation = "https://h.org/a"\ndigest = "${"a".repeat(64)}"\n`,
    );
    await folder.write("s/m/1.json", {
      sources: {
        "org.osbuild.inline": {
          items: { [`sha256:${sha256Of("x")}`]: { encoding: "base64", data: "eA==" } },
        },
      },
    });
    await folder.write("s/m/2.json", { sources: { "org.osbuild.ostree": { items: { c: {} } } } });
    await folder.write("s/all.pins.json", {
      pins: [b],
      sources: [
        { kind: "osbuild", include: ["m/*.json"], unverified: ["org.osbuild.ostree"] },
        { kind: "documents", include: ["*.toml"], pattern },
      ],
    });
    const set = await folder.read();
    expect(set.problems).toEqual([]);
    expect(set.documents).toEqual(["s/all.pins.json", "s/m/1.json", "s/m/2.json", "s/t.toml"]);
    expect(set.pins.map(({ name }) => name)).toEqual(["b", "a"]);
    expect(set.pins[1]?.provenance).toEqual([{ path: "s/t.toml", pointer: "/images/0", line: null }]);
    expect(set.inline).toMatchObject([{ class: "ok", method: "inline" }]);
    expect(set.unverified).toMatchObject([{ what: "org.osbuild.ostree", count: 1 }]);
  });

  it("may leave files out, and must find one", async () => {
    await folder.write("a.json", {});
    await folder.write("x.pins.json", { pins: [a], sources: [manifestsWithout("x.pins.json")] });
    expect((await folder.read("x.pins.json")).documents).toEqual(["x.pins.json", "a.json"]);
    await folder.write("x.pins.json", { pins: [a], sources: [manifestsWithout("*")] });
    expect((await folder.read("x.pins.json")).problems).toMatchObject([
      { reason: "pins-no-match", include: ["*.json"], place: { path: "x.pins.json", pointer: "/sources/0" } },
    ]);
  });

  it("must find one with each glob", async () => {
    await folder.write("t.json", { images: [{ location: "https://h.org/a", digest: "a".repeat(64) }] });
    const sources = [{ kind: "documents", include: ["t.json", "gone/*.json"], pattern }];
    await folder.write("a.pins.json", { sources });
    expect((await folder.read()).problems).toMatchObject([
      { reason: "pins-no-match", include: ["gone/*.json"] },
    ]);
  });

  it("work in folders that globs would read otherwise", async () => {
    await folder.write("[x] (y)!/t.json", {
      images: [{ location: "https://h.org/a", digest: "a".repeat(64) }],
    });
    const sources = [{ kind: "documents", include: ["t.json"], pattern }];
    await folder.write("[x] (y)!/a.pins.json", { sources });
    expect((await folder.read()).problems).toEqual([]);
  });

  it("need a format that somebody says", async () => {
    await folder.write("t.txt", `{"images":[{"location":"https://h.org/a","digest":"${"a".repeat(64)}"}]}`);
    const source = { kind: "documents", include: ["t.txt"], pattern };
    await folder.write("a.pins.json", { sources: [source] });
    expect((await folder.read()).problems).toMatchObject([{ reason: "pins-format-unknown", path: "t.txt" }]);
    await folder.write("a.pins.json", { sources: [{ ...source, format: "yaml" }] });
    expect((await folder.read()).problems).toEqual([]);
  });
});

it("the same bytes in several documents are one verdict with every place", async () => {
  const items = { [`sha256:${sha256Of("x")}`]: { encoding: "base64", data: "eA==" } };
  for (const name of ["1", "2"]) {
    await folder.write(`${name}.json`, { sources: { "org.osbuild.inline": { items } } });
  }
  const { inline, places } = await folder.read("1.json", "2.json");
  expect(inline).toHaveLength(1);
  expect(inline[0]?.pin.provenance.map(({ path }) => path)).toEqual(["1.json", "2.json"]);
  expect(places).toBe(2);
});

it("what several sources find wrong with one document is told once", async () => {
  await folder.write("m.json", { p: [{ u: "https://h.org/a", d: "x" }, { u: 5 }] });
  const source = { kind: "documents", include: ["m.json"], pattern: { at: "/p/*", url: "/u", digest: "/d" } };
  await folder.write("a.pins.json", { sources: [source] });
  await folder.write("b.pins.json", { sources: [source, { kind: "osbuild" }] });
  const { problems } = await folder.read();
  expect(problems.map(({ reason }) => reason)).toEqual([
    "pins-document-shape",
    "pin-field-invalid",
    "pin-digest-invalid",
    "pin-digest-missing",
  ]);
});
