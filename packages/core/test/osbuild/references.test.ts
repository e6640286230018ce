import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sha256 } from "../../src/digest/sha256.ts";
import { failureOf, idsOf, stageFailure, stageId, type Draft } from "./load.ts";

const SOURCE = "org.osbuild.source";
const PIPELINE = "org.osbuild.pipeline";

/** The id of a stage of type "b" with one input "in" whose id is of these pieces. */
function stageOf(origin: string, references: string, options = "{}"): string {
  return sha256(`"b"nullnull{}{"in": "${sha256(`"i""${origin}"${references}${options}`)}"}`);
}

const sources = {
  curl: { items: { "sha256:1": null, "sha256:2": {}, "\u{10000}": 0, "\uffff": 0 } },
  inline: { items: { x: 1 } },
};

function sourceStage(input: Draft): string {
  return stageId({ type: "b", inputs: { in: { type: "i", origin: SOURCE, ...input } } }, { sources });
}

describe("references to sources", () => {
  it.each<[what: string, references: unknown, hashed: string]>([
    ["none", undefined, "{}"],
    ["an empty list", [], "{}"],
    ["an empty object", {}, "{}"],
    ["texts, sorted", ["sha256:2", "sha256:1"], '{"sha256:1": {}, "sha256:2": {}}'],
    ["texts, sorted by code point", ["\u{10000}", "\uffff"], '{"\\uffff": {}, "\\ud800\\udc00": {}}'],
    [
      "an object, the same as texts",
      { "sha256:2": {}, "sha256:1": null },
      '{"sha256:1": {}, "sha256:2": {}}',
    ],
    [
      "a list of objects",
      [{ id: "x", options: { b: 1, a: 2 } }, { id: "sha256:1" }],
      '{"sha256:1": {}, "x": {"a": 2, "b": 1}}',
    ],
    ["an object with options", { x: { a: [1.5] } }, '{"x": {"a": [1.5]}}'],
    [
      "options that are false",
      { x: 0, "sha256:1": "", "sha256:2": [] },
      '{"sha256:1": {}, "sha256:2": {}, "x": {}}',
    ],
    [
      "the last of equal ones",
      [{ id: "x", options: { a: 1 } }, "x", { id: "x", options: { a: 2 } }],
      '{"x": {"a": 2}}',
    ],
    ["texts and objects mixed", ["x", { id: "sha256:1" }], '{"sha256:1": {}, "x": {}}'],
  ])("%s", (_, references, hashed) => {
    expect(sourceStage({ references })).toBe(stageOf(SOURCE, hashed));
  });

  it("stand before the input's own options", () => {
    expect(sourceStage({ references: ["x"], options: { k: 1 } })).toBe(
      stageOf(SOURCE, '{"x": {}}', '{"k": 1}'),
    );
    expect(sourceStage({ references: ["x"], options: null })).toBe(stageOf(SOURCE, '{"x": {}}'));
  });
});

const id = (type: string): string => sha256(`"${type}"nullnull{}`);
const earlier = [
  { name: "one", stages: [{ type: "one" }] },
  { name: "two", stages: [{ type: "two" }] },
  { name: "twin", stages: [{ type: "one" }] },
  { name: "empty" },
  { name: "void", stages: [] },
];

function withPipelineInput(references: unknown): readonly unknown[] {
  const inputs = { in: { type: "i", origin: PIPELINE, references } };
  return [...earlier, { name: "os", stages: [{ type: "b", inputs }] }];
}

describe("references to pipelines", () => {
  const [low, high] = [id("one"), id("two")].toSorted() as [string, string];

  it.each<[what: string, references: unknown, hashed: string]>([
    ["none", undefined, "{}"],
    ["become ids", ["name:one"], `{"${id("one")}": {}}`],
    ["are sorted by id", ["name:two", "name:one"], `{"${low}": {}, "${high}": {}}`],
    ["without name: are dropped", ["one", id("one"), "name:two"], `{"${id("two")}": {}}`],
    ["that are all dropped", { one: { a: 1 } }, "{}"],
    [
      "of equal ids collapse, the last one's options staying",
      { "name:one": { a: 1 }, "name:twin": { a: 2 } },
      `{"${id("one")}": {"a": 2}}`,
    ],
    [
      "that are given twice keep the first one's place",
      [{ id: "name:one", options: { a: 1 } }, "name:twin", { id: "name:one", options: { a: 3 } }],
      `{"${id("one")}": {}}`,
    ],
    ["to a pipeline without stages are null", ["name:empty"], '{"null": {}}'],
    ["to two of those collapse", { "name:empty": { a: 1 }, "name:void": { a: 2 } }, '{"null": {"a": 2}}'],
  ])("%s", (_, references, hashed) => {
    expect(idsOf(withPipelineInput(references)).at(-1)?.id).toBe(stageOf(PIPELINE, hashed));
  });

  it("see an earlier pipeline's last stage", () => {
    const one = { name: "one", stages: [{ type: "x" }, { type: "one" }] };
    const stages = [{ type: "b", inputs: { in: { type: "i", origin: PIPELINE, references: ["name:one"] } } }];
    const [first, os] = idsOf([one, { name: "os", stages }]);
    expect(os?.id).toBe(stageOf(PIPELINE, `{"${first?.stages[1]?.id}": {}}`));
  });

  it("to the own pipeline see it as far as it is loaded: this stage, with the inputs so far and no mounts", () => {
    const input = { type: "i", origin: PIPELINE };
    const inputs = {
      a: { ...input, references: ["name:one"] },
      self: { ...input, references: ["name:os"] },
      z: { ...input, references: [] },
    };
    const stage = { type: "b", options: { k: 1 }, inputs, mounts: [{ name: "m", type: "m" }] };
    const a = sha256(`"i""${PIPELINE}"{"${id("one")}": {}}{}`);
    const unresolved = sha256(`"i""${PIPELINE}"{}{}`);
    const partial = sha256(`"b"nullnull{"k": 1}{"a": "${a}", "self": "${unresolved}"}`);
    const self = sha256(`"i""${PIPELINE}"{"${partial}": {}}{}`);
    const all = `{"a": "${a}", "self": "${self}", "z": "${unresolved}"}`;
    expect(idsOf([...earlier, { name: "os", stages: [stage] }]).at(-1)?.id).toBe(
      sha256(`"b"nullnull{"k": 1}${all}["${sha256('"m"{}')}"]`),
    );
  });
});

function offering(keys: readonly string[]): Draft {
  return { items: Object.fromEntries(keys.map((key) => [key, 1])) };
}

describe("references that osbuild refuses", () => {
  it("are those that no source offers, of however many, and the first of them by code point is told", () => {
    // Few characters, so that texts share their beginnings.
    const texts = fc.uniqueArray(
      fc.string({ unit: fc.constantFrom("a", "b", "\uffff", "\u{10000}", "\n"), maxLength: 4 }),
      {
        maxLength: 40,
      },
    );
    fc.assert(
      fc.property(texts, texts, texts, (curl, inline, references) => {
        const stage = { type: "b", inputs: { in: { type: "i", origin: SOURCE, references } } };
        const sources = { curl: offering(curl), empty: {}, inline: offering(inline) };
        const unknown = references.filter((text) => !curl.includes(text) && !inline.includes(text));
        const [first] = unknown.toSorted((left, right) =>
          Buffer.compare(Buffer.from(left), Buffer.from(right)),
        );
        if (first === undefined) expect(stageId(stage, { sources })).toMatch(/^[0-9a-f]{64}$/);
        else expect(stageFailure(stage, { sources })).toMatchObject({ reference: first });
      }),
      { numRuns: 500 },
    );
  });

  const path = ["pipelines", 0, "stages", 0, "inputs", "in"];
  const ofSource = { type: "i", origin: SOURCE };

  it.each<[what: string, input: unknown, failure: Draft]>([
    [
      "an unknown source",
      { ...ofSource, references: ["x", "y"] },
      { reason: "manifest-unknown-source", path: [...path, "references", 1], reference: "y" },
    ],
    [
      "one in an object",
      { ...ofSource, references: { y: {} } },
      { reason: "manifest-unknown-source", path: [...path, "references", "y"], reference: "y" },
    ],
    [
      "one in a list of objects",
      { ...ofSource, references: [{ id: "y" }] },
      { reason: "manifest-unknown-source", path: [...path, "references", 0, "id"], reference: "y" },
    ],
    [
      "a number",
      { ...ofSource, references: [1] },
      {
        reason: "manifest-malformed",
        path: [...path, "references", 0],
        expected: "an object",
        found: "a number",
      },
    ],
    [
      "an object without id",
      { ...ofSource, references: [{}] },
      {
        reason: "manifest-malformed",
        path: [...path, "references", 0, "id"],
        expected: "a string",
        found: null,
      },
    ],
    [
      "a text",
      { ...ofSource, references: "x" },
      {
        reason: "manifest-malformed",
        path: [...path, "references"],
        expected: "an array",
        found: "a string",
      },
    ],
    [
      "null",
      { ...ofSource, references: null },
      { reason: "manifest-malformed", path: [...path, "references"], expected: "an array", found: "null" },
    ],
    [
      "no type",
      { origin: SOURCE },
      { reason: "manifest-malformed", path: [...path, "type"], expected: "a string", found: null },
    ],
    [
      "no origin",
      { type: "i" },
      { reason: "manifest-malformed", path: [...path, "origin"], expected: "a string", found: null },
    ],
    [
      "an unknown origin",
      { type: "i", origin: "x" },
      {
        reason: "manifest-malformed",
        path: [...path, "origin"],
        expected: "org.osbuild.source or org.osbuild.pipeline",
        found: "x",
      },
    ],
    ["no object", 1, { reason: "manifest-malformed", path, expected: "an object", found: "a number" }],
    [
      "an unknown pipeline",
      { type: "i", origin: PIPELINE, references: ["name:y"] },
      { reason: "manifest-unknown-pipeline", path: [...path, "references", 0], reference: "name:y" },
    ],
  ])("%s", (_, input, failure) => {
    expect(
      stageFailure({ type: "b", inputs: { in: input } }, { sources: { curl: { items: { x: 1 } } } }),
    ).toEqual(failure);
  });

  it("inputs that are a list", () => {
    expect(stageFailure({ type: "b", inputs: [] })).toMatchObject({
      reason: "manifest-malformed",
      path: path.slice(0, -1),
    });
  });

  it("a pipeline that stands later", () => {
    const [os, ...others] = withPipelineInput(["name:later"]).toReversed();
    expect(failureOf([...others, os, { name: "later" }])).toMatchObject({
      reason: "manifest-unknown-pipeline",
      reference: "name:later",
    });
  });

  it("one pipeline with stages beside one without, which Python cannot sort", () => {
    expect(failureOf(withPipelineInput(["name:one", "name:empty"]))).toEqual({
      reason: "manifest-unsortable-references",
      path: ["pipelines", earlier.length, "stages", 0, "inputs", "in", "references"],
    });
  });
});
