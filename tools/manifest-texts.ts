import { createHash } from "node:crypto";
import fc from "fast-check";

/** A JSON value to be spelled: an object is a list of members, a number its text. */
type Json = null | boolean | string | Numeral | readonly Json[] | Members;
type Members = ReadonlyMap<string, Json>;

class Numeral {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** A generator in its imperative form: draws a value from an arbitrary. */
type Draw = fc.GeneratorValue;

const NAMES = ["build", "os", "image", "tree", "naïve", "𝄞", "\uffff", "\u007f", "", "__proto__", "1"];
const PACKAGES = ["sha256:aa", "sha256:bb", "sha256:é", "name:os", "𝄞", "\ue000", "constructor"];
const DEVICES = ["disk", "root", "", "lv", "𝄞"];
const NUMERALS = [
  ...["0", "-0", "1", "-1", "0.0", "-0.0", "1.0", "1e0", "1E+2", "100.0", "0e0", "1e-7", "0.00001", "0.0001"],
  ...["1e15", "1e16", "1E16", "123456789012345678", "9007199254740993", "-9007199254740993", "1e22", "1e23"],
  ...[
    "1E400",
    "-1E400",
    "1e-400",
    "5e-324",
    "2.2250738585072011e-308",
    "1.7976931348623157e308",
    "0.1",
    "0.30",
  ],
  "123456789012345678901234567890",
];

/** A pipeline whose id does not depend on what is drawn, for builds that name an id. */
const FIXED: Members = new Map<string, Json>([
  ["name", "fixed"],
  ["stages", [new Map([["type", "org.osbuild.fixed"]])]],
]);
const FIXED_ID = createHash("sha256").update('"org.osbuild.fixed"nullnull{}').digest("hex");

const numeral: fc.Arbitrary<Json> = fc
  .oneof(
    fc.constantFrom(...NUMERALS),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => JSON.stringify(value)),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value.toExponential().toUpperCase()),
    fc.bigInt().map(String),
    fc
      .tuple(fc.nat(99), fc.nat(999_999), fc.integer({ min: -330, max: 330 }))
      .map((n) => `${n[0]}.${n[1]}e${n[2]}`),
  )
  .map((text) => new Numeral(text));

const text = fc.oneof(
  fc.string({ maxLength: 8 }),
  fc.string({ unit: "binary", maxLength: 4 }),
  fc.constantFrom("\u0000", "\u007f", "\u2028", "</", "\\", '"', "\u00e9", "𝄞", "\uffff"),
);

const { json: jsonValue } = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom<Json>(null, true, false),
    numeral,
    text,
    fc.array(tie("json"), { maxLength: 3 }),
    objectsOf(tie("json")),
  ),
}));

function objectsOf(values: fc.Arbitrary<Json>): fc.Arbitrary<Members> {
  return fc.array(fc.tuple(text, values), { maxLength: 4 }).map((members) => new Map(members));
}

const optionsValue: fc.Arbitrary<Json> = fc.oneof(
  { weight: 6, arbitrary: objectsOf(jsonValue) },
  { weight: 1, arbitrary: jsonValue },
);

/** The arbitraries in the form that a draw takes. */
const numerals = (): fc.Arbitrary<Json> => numeral;
const texts = (): fc.Arbitrary<string> => text;
const uniqueTexts = (): fc.Arbitrary<string[]> => fc.uniqueArray(text, { maxLength: 3 });
const json = (): fc.Arbitrary<Json> => jsonValue;
const options = (): fc.Arbitrary<Json> => optionsValue;

/**
 * Manifest texts of format version 2, most of which osbuild loads; the domain is the one that `fuzz-ids.ts` names.
 * A new arbitrary each time, since one remembers every list that it has drawn from.
 */
export function manifestTexts(): fc.Arbitrary<string> {
  return fc.gen().map(manifestText);
}

function manifestText(draw: Draw): string {
  const sources = draw(fc.subarray, PACKAGES);
  const names = draw(fc.shuffledSubarray, NAMES, { maxLength: 5 });
  if (rarely(draw)) names.push(names[0] ?? "os");
  const pipelines = names.map((name, index) =>
    pipelineOf(draw, name, { earlier: names.slice(0, index), sources }),
  );
  if (draw(fc.boolean)) pipelines.push(FIXED);
  const manifest = new Map<string, Json>([
    ["version", rarely(draw) ? draw(fc.constantFrom<Json[]>, "1", new Numeral("2"), null) : "2"],
    [
      "sources",
      new Map([["org.osbuild.curl", new Map([["items", new Map(sources.map((id) => [id, null]))]])]]),
    ],
    ["pipelines", pipelines],
  ]);
  if (rarely(draw)) manifest.delete(draw(fc.constantFrom<string[]>, "sources", "version", "pipelines"));
  return spell(manifest, draw(fc.boolean));
}

interface Offers {
  readonly earlier: readonly string[];
  readonly sources: readonly string[];
}

function pipelineOf(draw: Draw, name: string, offers: Offers): Json {
  const pipeline = new Map<string, Json>([["name", name]]);
  if (draw(fc.boolean)) pipeline.set("build", buildOf(draw, offers.earlier));
  if (draw(fc.boolean)) pipeline.set("runner", "org.osbuild.linux");
  if (sometimes(draw)) pipeline.set("source-epoch", sometimes(draw) ? draw(json) : draw(numerals));
  const size = draw(fc.nat, { max: 3 });
  if (size > 0 || draw(fc.boolean)) {
    pipeline.set(
      "stages",
      Array.from({ length: size }, () => stageOf(draw, name, offers)),
    );
  }
  return shuffled(draw, pipeline);
}

function buildOf(draw: Draw, earlier: readonly string[]): Json {
  if (rarely(draw)) return draw(fc.constantFrom<Json[]>, "name:nowhere", "0123abcd");
  const names = earlier.map((name) => `name:${name}`);
  return draw(fc.constantFrom<Json[]>, null, "", FIXED_ID, ...names, ...names);
}

function stageOf(draw: Draw, pipeline: string, offers: Offers): Json {
  const stage = new Map<string, Json>([["type", `org.osbuild.${draw(texts)}`]]);
  if (draw(fc.boolean)) stage.set("options", draw(options));
  if (sometimes(draw)) stage.set("inputs", inputsOf(draw, pipeline, offers));
  if (sometimes(draw)) {
    const devices = draw(fc.shuffledSubarray, DEVICES);
    stage.set("devices", devicesOf(draw, devices));
    if (draw(fc.boolean)) stage.set("mounts", mountsOf(draw, devices));
  }
  if (rarely(draw)) stage.delete("type");
  return shuffled(draw, stage);
}

function inputsOf(draw: Draw, pipeline: string, offers: Offers): Json {
  const names = draw(uniqueTexts);
  return new Map<string, Json>(names.map((name) => [name, inputOf(draw, pipeline, offers)]));
}

function inputOf(draw: Draw, pipeline: string, offers: Offers): Json {
  const isSource = draw(fc.boolean);
  const known = isSource ? offers.sources : [...offers.earlier, pipeline].map((name) => `name:${name}`);
  const references = draw(fc.shuffledSubarray, [...known]);
  if (!isSource && draw(fc.boolean)) references.push("sha256:dropped");
  if (rarely(draw)) references.push("name:nowhere");
  const input = new Map<string, Json>([
    ["type", "org.osbuild.files"],
    ["origin", isSource ? "org.osbuild.source" : "org.osbuild.pipeline"],
  ]);
  if (!rarely(draw)) input.set("references", referencesOf(draw, references));
  if (draw(fc.boolean)) input.set("options", draw(options));
  return shuffled(draw, input);
}

function referencesOf(draw: Draw, references: readonly string[]): Json {
  const form = draw(
    fc.constantFrom<("texts" | "list" | "object" | "mixed")[]>,
    "texts",
    "list",
    "object",
    "mixed",
  );
  if (form === "texts") return [...references, ...references.slice(0, draw(fc.nat, { max: 1 }))];
  if (form === "object") return new Map(references.map((reference) => [reference, draw(options)]));
  return references.map((id) => {
    if (form === "mixed" && draw(fc.boolean)) return id;
    const reference = new Map<string, Json>([["id", id]]);
    if (draw(fc.boolean)) reference.set("options", draw(options));
    return reference;
  });
}

function devicesOf(draw: Draw, names: readonly string[]): Json {
  return new Map<string, Json>(
    names.map((name, index): [string, Json] => {
      const device = new Map<string, Json>([
        ["type", draw(fc.constantFrom<string[]>, "org.osbuild.loopback", "é")],
      ]);
      if (draw(fc.boolean)) device.set("options", draw(options));
      // Mostly one that stands before or after it in one direction, so that cycles are rare.
      const parents = rarely(draw) ? [...names, "nowhere"] : names.slice(index + 1);
      if (parents.length > 0 && draw(fc.boolean))
        device.set("parent", draw(fc.constantFrom<string[]>, ...parents));
      return [name, shuffled(draw, device)];
    }),
  );
}

function mountsOf(draw: Draw, devices: readonly string[]): Json {
  const names = draw(uniqueTexts);
  if (rarely(draw)) names.push(names[0] ?? "root");
  return names.map((name) => {
    const mount = new Map<string, Json>([
      ["name", name],
      ["type", "org.osbuild.ext4"],
    ]);
    if (devices.length > 0 && draw(fc.boolean))
      mount.set("source", draw(fc.constantFrom<string[]>, ...devices));
    if (rarely(draw)) mount.set("source", draw(fc.constantFrom<Json[]>, null, "", "nowhere"));
    if (draw(fc.boolean)) mount.set("target", draw(fc.constantFrom<Json[]>, "/", "", null, "/é"));
    if (sometimes(draw)) mount.set("partition", draw(numerals));
    if (draw(fc.boolean)) mount.set("options", draw(options));
    return shuffled(draw, mount);
  });
}

function shuffled(draw: Draw, members: Members): Members {
  const entries = [...members];
  return new Map(draw(fc.shuffledSubarray, entries, { minLength: entries.length }));
}

function sometimes(draw: Draw): boolean {
  return draw(fc.nat, { max: 3 }) === 0;
}

function rarely(draw: Draw): boolean {
  return draw(fc.nat, { max: 119 }) === 0;
}

/** One line of JSON; strings either as JSON.stringify spells them or with every unit escaped. */
function spell(value: Json, isEscaped: boolean): string {
  if (value instanceof Numeral) return value.text;
  if (value instanceof Map) {
    const members = Array.from(
      value,
      ([key, member]: [string, Json]) => `${quote(key, isEscaped)}: ${spell(member, isEscaped)}`,
    );
    return `{${members.join(", ")}}`;
  }
  if (Array.isArray(value)) return `[${value.map((element: Json) => spell(element, isEscaped)).join(",")}]`;
  return typeof value === "string" ? quote(value, isEscaped) : JSON.stringify(value);
}

function quote(text: string, isEscaped: boolean): string {
  if (!isEscaped) return JSON.stringify(text);
  const units = Array.from({ length: text.length }, (_, index) =>
    text.charCodeAt(index).toString(16).padStart(4, "0"),
  );
  return `"${units.map((unit) => `\\u${unit}`).join("")}"`;
}
