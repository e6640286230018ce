import { readFileSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { sha256 } from "../../src/digest/sha256.ts";
import { computeIds, type PipelineIds } from "../../src/osbuild/ids.ts";
import { readTape } from "../json/read-tape.ts";
import { osbuildManifests, sharedData } from "../shared-data.ts";
import { failureOf, idsOf, type Draft } from "./load.ts";

const fixtures = new URL("../fixtures/", import.meta.url);
const printed = JSON.parse(readFileSync(new URL("osbuild-ids.json", fixtures), "utf8")) as {
  osbuild: string;
  manifests: Record<string, PipelineIds[]>;
};

describe(`what osbuild ${printed.osbuild} printed`, () => {
  it("stands for every fixture", () => {
    expect(Object.keys(printed.manifests)).toEqual(readdirSync(new URL("manifests/", fixtures)).toSorted());
  });

  it.each(Object.entries(printed.manifests))("for %s", (name, pipelines) => {
    const text = readFileSync(new URL(`manifests/${name}`, fixtures));
    expect(computeIds(readTape(text))).toEqual({ ok: true, value: pipelines });
  });

  const folder = sharedData("osbuild");
  it.skipIf(folder === undefined)("for 84 manifests of its own tests, every stage", () => {
    let manifests = 0;
    for (const { text, pipelines, name } of osbuildManifests(folder as URL)) {
      const ids = computeIds(readTape(text));
      const found =
        ids.ok && ids.value.map(({ stages, ...rest }) => ({ ...rest, stages: stages.map(({ id }) => id) }));
      expect({ name, pipelines: found }).toEqual({ name, pipelines });
      manifests += 1;
    }
    expect(manifests).toBe(84);
  });
});

/** A stage's id from its pieces of Python JSON, as `osbuild/pipeline.py Stage.id` puts them together. */
function stage(...pieces: string[]): string {
  return sha256(pieces.join(""));
}

describe("a stage's id", () => {
  const first = stage('"a"', "null", "null", "{}");

  it.each<[what: string, pipeline: Draft, id: string]>([
    ["is of its type, build, predecessor and options", { stages: [{ type: "a" }] }, first],
    [
      "has options as Python prints them",
      { stages: [{ type: "a", options: { b: 1, a: "é" } }] },
      stage('"a"', "null", "null", '{"a": "\\u00e9", "b": 1}'),
    ],
    ["has {} for options that are false", { stages: [{ type: "a", options: null }] }, first],
    ["has {} for an empty list too", { stages: [{ type: "a", options: [] }] }, first],
    [
      "has its predecessor's id",
      { stages: [{ type: "a" }, { type: "b" }] },
      stage('"b"', "null", `"${first}"`, "{}"),
    ],
    [
      "has a source-epoch",
      { "source-epoch": 1, stages: [{ type: "a" }] },
      stage('"a"', "null", "null", "{}", "1"),
    ],
    [
      "has even a source-epoch of 0",
      { "source-epoch": 0, stages: [{ type: "a" }] },
      stage('"a"', "null", "null", "{}", "0"),
    ],
    ["has no source-epoch of null", { "source-epoch": null, stages: [{ type: "a" }] }, first],
    ["has no build of null", { build: null, stages: [{ type: "a" }] }, first],
    [
      "has an empty build as it stands",
      { build: "", stages: [{ type: "a" }] },
      stage('"a"', '""', "null", "{}"),
    ],
    [
      "has no part of empty inputs, devices and mounts",
      { stages: [{ type: "a", inputs: {}, devices: {}, mounts: [] }] },
      first,
    ],
  ])("%s", (_, pipeline, id) => {
    expect(idsOf([{ name: "os", ...pipeline }])[0]?.id).toBe(id);
  });

  it("has the id of its build pipeline", () => {
    const build = { name: "build", stages: [{ type: "a" }] };
    const [, byName] = idsOf([build, { name: "os", build: "name:build", stages: [{ type: "b" }] }]);
    expect(byName?.id).toBe(stage('"b"', `"${first}"`, "null", "{}"));
    const [, byId] = idsOf([build, { name: "os", build: first, stages: [{ type: "b" }] }]);
    expect(byId?.id).toBe(byName?.id);
  });

  it("has null for a build pipeline without stages", () => {
    const [, os] = idsOf([{ name: "build" }, { name: "os", build: "name:build", stages: [{ type: "a" }] }]);
    expect(os?.id).toBe(first);
  });

  it("may have the id of a build pipeline that stands later", () => {
    const [os] = idsOf([
      { name: "os", build: first, stages: [{ type: "b" }] },
      { name: "build", stages: [{ type: "a" }] },
    ]);
    expect(os?.id).toBe(stage('"b"', `"${first}"`, "null", "{}"));
  });

  it("has its inputs by name in code point order, then its mounts in order", () => {
    const origin = "org.osbuild.source";
    const input = sha256(`"i""${origin}"{}{}`);
    const [os] = idsOf([
      {
        name: "os",
        stages: [
          {
            type: "a",
            inputs: {
              "\u{10000}": { type: "i", origin },
              "\uffff": { type: "i", origin },
              x: { type: "i", origin },
            },
            mounts: [
              { name: "second", type: "n" },
              { name: "first", type: "m" },
            ],
          },
        ],
      },
    ]);
    const inputs = `{"x": "${input}", "\\uffff": "${input}", "\\ud800\\udc00": "${input}"}`;
    const mounts = `["${sha256('"n"{}')}", "${sha256('"m"{}')}"]`;
    expect(os?.id).toBe(stage('"a"', "null", "null", "{}", inputs, mounts));
  });
});

describe("a pipeline's id", () => {
  it("is that of its last stage, and all stages are told", () => {
    const [os] = idsOf([{ name: "os", stages: [{ type: "a" }, { type: "b" }] }]);
    expect(os?.stages.map(({ type }) => type)).toEqual(["a", "b"]);
    expect(os?.id).toBe(os?.stages[1]?.id);
  });

  it("is null without stages", () => {
    expect(idsOf([{ name: "empty" }, { name: "none", stages: [] }])).toEqual([
      { name: "empty", id: null, stages: [] },
      { name: "none", id: null, stages: [] },
    ]);
  });

  it("stands in the manifest's order, whatever the names", () => {
    expect(idsOf(["2", "b", "1", "__proto__"].map((name) => ({ name }))).map(({ name }) => name)).toEqual([
      "2",
      "b",
      "1",
      "__proto__",
    ]);
  });

  it("is none in a manifest without pipelines", () => {
    expect(computeIds(readTape('{"version":"2"}'))).toEqual({ ok: true, value: [] });
    expect(computeIds(readTape('{"\\u0076ersion":"\\u0032"}'))).toEqual({ ok: true, value: [] });
  });
});

/** A manifest with a bit of everything, that a test changes at one place. */
const SAMPLE = JSON.stringify({
  version: "2",
  metadata: { generators: [{ name: "imagegate", version: "1" }] },
  sources: {
    "org.osbuild.curl": {
      items: { "sha256:1": { url: "https://example.org/1" }, "sha256:2": { url: "https://example.org/2" } },
    },
  },
  pipelines: [
    {
      name: "build",
      runner: "org.osbuild.fedora43",
      "source-epoch": 7,
      stages: [{ type: "a", options: { x: 1 } }],
    },
    {
      name: "os",
      build: "name:build",
      stages: [
        {
          type: "b",
          options: { list: [1, 2], k: "v" },
          inputs: {
            packages: { type: "files", origin: "org.osbuild.source", references: ["sha256:1"], options: {} },
            tree: { type: "tree", origin: "org.osbuild.pipeline", references: ["name:build"] },
          },
          devices: {
            disk: { type: "loop", options: { start: 1 } },
            spare: { type: "loop", options: { start: 2 } },
          },
          mounts: [
            { name: "root", type: "ext4", source: "disk", target: "/" },
            { name: "boot", type: "xfs", source: "disk", target: "/boot" },
          ],
        },
        { type: "c" },
      ],
    },
  ],
});

type Edit = (text: string) => string;

/** Sets what stands at a place; undefined deletes it. */
function set(path: readonly (string | number)[], value: unknown): Edit {
  return (text) => {
    const manifest = JSON.parse(text) as Record<string | number, unknown>;
    const parent = path.slice(0, -1).reduce((at, step) => at[step] as typeof manifest, manifest);
    parent[path.at(-1) as string | number] = value;
    return JSON.stringify(manifest);
  };
}

/** Replaces a piece of text that is there. */
function replace(piece: string, replacement: string): Edit {
  return (text) => {
    expect(text).toContain(piece);
    return text.replaceAll(piece, replacement);
  };
}

function idsAfter(...edits: readonly Edit[]): readonly (string | null)[] {
  const ids = computeIds(readTape(edits.reduce((text, edit) => edit(text), SAMPLE)));
  if (!ids.ok) throw new Error(JSON.stringify(ids.failure));
  return ids.value.map(({ id }) => id);
}

const stagePath = ["pipelines", 1, "stages", 0] as const;
const spareOptions = [...stagePath, "devices", "spare", "options"];
const diskOptions = [...stagePath, "devices", "disk", "options"];
const references = [...stagePath, "inputs", "packages", "references"];

describe("what does not move an id", () => {
  it.each<[what: string, ...edits: Edit[]]>([
    ["a source's URL", replace("https://example.org/1", "https://mirror.example.org/1")],
    ["a source that nobody uses", set(["sources", "org.osbuild.inline"], { items: { "sha256:3": {} } })],
    ["the runner", replace("org.osbuild.fedora43", "org.osbuild.centos9")],
    ["the metadata", set(["metadata"], undefined)],
    [
      "a pipeline's name with its references",
      replace('"name":"build"', '"name":"b"'),
      replace("name:build", "name:b"),
    ],
    ["the order of keys", (text) => JSON.stringify(reversed(JSON.parse(text)))],
    ["white space", (text) => JSON.stringify(JSON.parse(text), null, "\t")],
    ["a mount's name", replace('"name":"root"', '"name":"r"')],
    ["the options of a device that no mount uses", set(spareOptions, { start: 3 })],
    ["a device's name with its uses", replace('"disk"', '"d"')],
    ["missing options made {}", set(["pipelines", 1, "stages", 1, "options"], {})],
    ["an input's {} options made missing", set([...stagePath, "inputs", "packages", "options"], undefined)],
    ["a list of references made an object", set(references, { "sha256:1": {} })],
  ])("%s", (_, ...edits) => {
    expect(edits.reduce((text, edit) => edit(text), SAMPLE)).not.toBe(SAMPLE);
    expect(idsAfter(...edits)).toEqual(idsAfter());
  });
});

describe("what moves an id", () => {
  const ofThisStage = [false, true];
  const ofAll = [true, true];

  it.each<[what: string, edit: Edit, moved: boolean[]]>([
    ["a mount more", set([...stagePath, "mounts", 2], { name: "home", type: "xfs" }), ofThisStage],
    [
      "the order of mounts",
      (text) => text.replace(/"mounts":\[(\{.*?\}),(\{.*?\})\]/, '"mounts":[$2,$1]'),
      ofThisStage,
    ],
    ["the options of a device that is mounted", set(diskOptions, { start: 3 }), ofThisStage],
    ["the order of a list in options", replace("[1,2]", "[2,1]"), ofThisStage],
    ["a source-epoch of 0", set(["pipelines", 0, "source-epoch"], 0), ofAll],
    ["no source-epoch", set(["pipelines", 0, "source-epoch"], undefined), ofAll],
    ["no build", set(["pipelines", 1, "build"], undefined), ofThisStage],
    ["anything upstream", set(["pipelines", 0, "stages", 0, "type"], "z"), ofAll],
    ["an input's name", replace('"packages"', '"rpms"'), ofThisStage],
    ["another reference", set(references, ["sha256:2"]), ofThisStage],
    ["an integer made a float", replace('"x":1', '"x":1.0'), ofAll],
  ])("%s", (_, edit, moved) => {
    const before = idsAfter();
    expect(idsAfter(edit).map((id, index) => id !== before[index])).toEqual(moved);
  });
});

describe("the order of keys moves an id after all, as in osbuild", () => {
  const input = { type: "i", origin: "org.osbuild.pipeline" };
  const twins = ["one", "twin"].map((name) => ({ name, stages: [{ type: "x" }] }));
  const lastId = (inputs: Draft): string | null | undefined =>
    idsOf([...twins, { name: "os", stages: [{ type: "b", inputs }] }]).at(-1)?.id;

  it("when references to pipelines of equal ids differ in their options: the last one stays", () => {
    const [first, second] = [{ "name:one": { k: 1 } }, { "name:twin": { k: 2 } }];
    expect(lastId({ in: { ...input, references: { ...first, ...second } } })).not.toBe(
      lastId({ in: { ...input, references: { ...second, ...first } } }),
    );
  });

  it("when an input refers to its own pipeline: it sees the inputs before it", () => {
    const [other, self] = [
      { a: { ...input, references: ["name:one"] } },
      { z: { ...input, references: ["name:os"] } },
    ];
    expect(lastId({ ...other, ...self })).not.toBe(lastId({ ...self, ...other }));
  });
});

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).toReversed();
  return Object.fromEntries(members.map(([key, member]) => [key, reversed(member)]));
}

describe("computeIds: refusals", () => {
  it.each([
    ["{}", '"1"'],
    ['{"version":"1"}', '"1"'],
    ['{"version":2}', "2"],
    ['{"version":2.0}', "2.0"],
    ['{"version":"3"}', '"3"'],
    ['{"version":" 2"}', '" 2"'],
    ['{"version":null}', "null"],
    ['{"pipeline":{"build":{}}}', '"1"'],
  ])("%s is of no format known here", (text, version) => {
    expect(computeIds(readTape(text))).toEqual({
      ok: false,
      failure: { reason: "manifest-version-unsupported", version },
    });
  });

  it.each<[pipelines: unknown[], path: (string | number)[], reference: string]>([
    [[{ name: "os", build: "name:build" }], ["pipelines", 0, "build"], "name:build"],
    [[{ name: "os", build: "name:build" }, { name: "build" }], ["pipelines", 0, "build"], "name:build"],
    [[{ name: "os", build: "name:os" }], ["pipelines", 0, "build"], "name:os"],
    [[{ name: "os" }, { name: "image", build: "0123" }], ["pipelines", 1, "build"], "0123"],
    [[{ name: "os" }, { name: "image", build: "os" }], ["pipelines", 1, "build"], "os"],
  ])("an unknown build pipeline: %j", (pipelines, path, reference) => {
    expect(failureOf(pipelines)).toEqual({ reason: "manifest-unknown-pipeline", path, reference });
  });

  it("a pipeline's name given twice", () => {
    const failure = { reason: "manifest-duplicate-name", path: ["pipelines", 2, "name"], name: "os" };
    expect(failureOf([{ name: "os" }, { name: "image" }, { name: "os" }])).toEqual(failure);
  });

  it.each<[text: string, path: (string | number)[], expected: string, found: string | null]>([
    ["[]", [], "an object", "an array"],
    ["null", [], "an object", "null"],
    ['{"version":"2","pipelines":{}}', ["pipelines"], "an array", "an object"],
    ['{"version":"2","pipelines":null}', ["pipelines"], "an array", "null"],
    ['{"version":"2","pipelines":[1]}', ["pipelines", 0], "an object", "a number"],
    ['{"version":"2","pipelines":[{}]}', ["pipelines", 0, "name"], "a string", null],
    ['{"version":"2","pipelines":[{"name":1}]}', ["pipelines", 0, "name"], "a string", "a number"],
    [
      '{"version":"2","pipelines":[{"name":"a","build":1}]}',
      ["pipelines", 0, "build"],
      "a string",
      "a number",
    ],
    [
      '{"version":"2","pipelines":[{"name":"a","build":[]}]}',
      ["pipelines", 0, "build"],
      "a string",
      "an array",
    ],
    [
      '{"version":"2","pipelines":[{"name":"a","stages":{}}]}',
      ["pipelines", 0, "stages"],
      "an array",
      "an object",
    ],
    [
      '{"version":"2","pipelines":[{"name":"a","stages":["x"]}]}',
      ["pipelines", 0, "stages", 0],
      "an object",
      "a string",
    ],
    [
      '{"version":"2","pipelines":[{"name":"a","stages":[{}]}]}',
      ["pipelines", 0, "stages", 0, "type"],
      "a string",
      null,
    ],
    [
      '{"version":"2","pipelines":[{"name":"a","stages":[{"type":true}]}]}',
      ["pipelines", 0, "stages", 0, "type"],
      "a string",
      "true",
    ],
    ['{"version":"2","sources":[]}', ["sources"], "an object", "an array"],
    ['{"version":"2","sources":{"curl":null}}', ["sources", "curl"], "an object", "null"],
    [
      '{"version":"2","sources":{"curl":{"items":["a"]}}}',
      ["sources", "curl", "items"],
      "an object",
      "an array",
    ],
    ['{"version":"2","metadata":[]}', ["metadata"], "an object", "an array"],
  ])("%s is malformed", (text, path, expected, found) => {
    expect(computeIds(readTape(text))).toEqual({
      ok: false,
      failure: { reason: "manifest-malformed", path, expected, found },
    });
  });
});
