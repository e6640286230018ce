import type { PlacedDifference } from "../compare/position.ts";
import type { JsonPath } from "../json/pointer.ts";
import { Kind, elementsOf, keysOf, kindOf, memberOf, stringOf, type JsonTape } from "../json/tape.ts";
import { isJsonObject, type JsonValue } from "../json/value.ts";
import { nodeAt } from "./catalogue.ts";
import { groupBy, type Finding, type Sides } from "./finding.ts";
import type { PackageSign } from "./manifest-change.ts";
import { sourceName, type SourceName } from "./package-names.ts";
import { newValue, oldValue } from "./raw-differences.ts";

/** A package reference that came, went or moved within its list. */
interface Reference {
  readonly difference: PlacedDifference;
  readonly pipeline: string;
  readonly digest: string;
  readonly name: SourceName;
  readonly change: "added" | "removed" | "order" | "repeated";
}

/** Packages that come, go, change their version or their place; references are joined with the sources that name them. */
export function readPackages(open: readonly PlacedDifference[], sides: Sides): readonly Finding[] {
  const references = open.flatMap((difference) => referenceOf(difference, sides) ?? []);
  const listed = markRepetitions(references, sides);
  const exchanged = listed.filter(({ change }) => change === "added" || change === "removed");
  const byName = groupBy(exchanged, ({ name, pipeline }) => JSON.stringify([name.text, pipeline]));
  return [
    ...mergeFindings([...byName.values()].flatMap(describePackage)),
    ...describeLists(listed, "order"),
    ...describeLists(listed, "repeated"),
  ];
}

function referenceOf(difference: PlacedDifference, { before, after, profile }: Sides): Reference | null {
  const { place, path } = difference;
  if (place.kind !== "stage" || path.length !== 4) return null;
  if (path[0] !== "inputs" || path[2] !== "references" || difference.change === "changed") return null;
  const isOld = difference.change === "removed";
  const value = isOld ? oldValue(difference) : newValue(difference);
  const digest = typeof path[3] === "string" ? path[3] : digestOf(value);
  if (digest === null) return null;
  const name = sourceName(digest, (isOld ? before : after).sources, profile);
  if (name.package === null && name.marker === null) return null;
  const change = difference.change === "moved" ? "order" : difference.change;
  return { difference, pipeline: place.pipeline, digest, name, change };
}

function digestOf(value: JsonValue | undefined): string | null {
  if (typeof value === "string") return value;
  const id = isJsonObject(value) ? value.get("id") : undefined;
  return typeof id === "string" ? id : null;
}

/** A reference that its list had before, or still has, is only named more or less often. */
function markRepetitions(references: readonly Reference[], { before, after }: Sides): readonly Reference[] {
  const listsBefore = digestLists(before.tape);
  const listsAfter = digestLists(after.tape);
  return references.map((reference) => {
    const { at } = reference.difference;
    if (reference.change === "order") return reference;
    const others =
      reference.change === "added" ? listsBefore(at.before.slice(0, -1)) : listsAfter(at.after.slice(0, -1));
    return others.has(reference.digest) ? { ...reference, change: "repeated" } : reference;
  });
}

/** Reads lists of references as the digests in them, each list once. */
function digestLists(tape: JsonTape): (path: JsonPath) => ReadonlySet<string> {
  const known = new Map<string, ReadonlySet<string>>();
  return (path) => {
    const key = path.join("/");
    const digests = known.get(key) ?? listedDigests(tape, nodeAt(tape, path));
    known.set(key, digests);
    return digests;
  };
}

function listedDigests(tape: JsonTape, node: number): ReadonlySet<string> {
  const kind = node === -1 ? Kind.null : kindOf(tape, node);
  if (kind === Kind.object) return new Set(Array.from(keysOf(tape, node), (key) => stringOf(tape, key)));
  if (kind !== Kind.array) return new Set();
  return new Set(Array.from(elementsOf(tape, node), (element) => listedDigest(tape, element)));
}

function listedDigest(tape: JsonTape, element: number): string {
  const id = kindOf(tape, element) === Kind.object ? memberOf(tape, element, "id") : element;
  return id !== -1 && kindOf(tape, id) === Kind.string ? stringOf(tape, id) : "";
}

/** What became of one package in one pipeline. */
function describePackage(references: readonly Reference[]): readonly Finding[] {
  const [first] = references as readonly [Reference];
  const added = references.filter(({ change }) => change === "added");
  const removed = references.filter(({ change }) => change === "removed");
  if (first.name.package === null) return [describeMarker(first.name.text, references)];
  const name = first.name.package.name;
  if (removed.length === 0) return [packageFinding("+", name, references)];
  if (added.length === 0) return [packageFinding("−", name, references)];
  return [packageFinding(exchangeSign(added, removed), name, references)];
}

function exchangeSign(added: readonly Reference[], removed: readonly Reference[]): PackageSign {
  if (versionsOf(added) !== versionsOf(removed)) return "version";
  return stagesOf(added) === stagesOf(removed) ? "content" : "moved";
}

function versionsOf(references: readonly Reference[]): string {
  return [...new Set(references.map(({ name }) => name.package?.version ?? ""))].toSorted().join(", ");
}

function stagesOf(references: readonly Reference[]): string {
  const indices = references.map(({ difference: { place } }) => (place.kind === "stage" ? place.index : -1));
  return [...new Set(indices)].toSorted((a, b) => a - b).join();
}

const signWords: Readonly<Record<PackageSign, string>> = {
  "+": "",
  "−": "",
  version: "another version",
  content: "another build of the same version",
  moved: "to another transaction",
};

function packageFinding(sign: PackageSign, name: string, references: readonly Reference[]): Finding {
  const isExchange = sign !== "+" && sign !== "−";
  const versions = [
    versionsOf(references.filter(({ change }) => change === "removed")),
    versionsOf(references.filter(({ change }) => change === "added")),
  ] as const;
  const what = sign === "version" ? versions.join(" → ") : signWords[sign];
  return {
    kind: "packages",
    subject: `package ${sign} ${name}`,
    variant: sign === "version" ? versions.join(" → ") : "",
    text: isExchange ? `${name} ${what}` : `${sign} ${name}`,
    general: isExchange ? `${name} ${signWords[sign]}` : `${sign} ${name}`,
    package: { sign, name },
    values: sign === "version" ? [{ before: versions[0], after: versions[1] }] : [],
    claims: references.map(({ difference }) => difference),
    digests: references.map(({ digest }) => digest),
  };
}

function describeMarker(name: string, references: readonly Reference[]): Finding {
  const sign = references.every(({ change }) => change === "added")
    ? "+"
    : references.every(({ change }) => change === "removed")
      ? "−"
      : "changed";
  return {
    kind: "packages",
    subject: `marker ${sign} ${name}`,
    variant: "",
    text: `dependency marker ${sign} ${name}`,
    general: `dependency marker ${sign} ${name}`,
    claims: references.map(({ difference }) => difference),
    digests: references.map(({ digest }) => digest),
  };
}

/** The same change of a package in several pipelines is one finding. */
function mergeFindings(findings: readonly Finding[]): readonly Finding[] {
  return [...groupBy(findings, ({ subject, variant }) => JSON.stringify([subject, variant])).values()].map(
    (group) => ({
      ...(group[0] as Finding),
      claims: group.flatMap(({ claims }) => claims),
      digests: group.flatMap(({ digests }) => digests ?? []),
    }),
  );
}

const listWords = {
  order: "the same packages in another order",
  repeated: "packages named more or less often",
};

function describeLists(references: readonly Reference[], change: "order" | "repeated"): readonly Finding[] {
  const claims = references.filter((reference) => reference.change === change);
  if (claims.length === 0) return [];
  const names = [...new Set(claims.map(({ name }) => name.text))].toSorted();
  return [
    {
      kind: "package-order",
      // A list becomes a dictionary: repetitions are gone from it, its order is not.
      class: change === "order" ? "id-blind" : "visible-only",
      subject: listWords[change],
      variant: names.join(" "),
      text: `${listWords[change]}: ${names.slice(0, shownNames).join(", ")}${names.length > shownNames ? ", …" : ""}`,
      general: listWords[change],
      claims: claims.map(({ difference }) => difference),
      digests: claims.map(({ digest }) => digest),
    },
  ];
}

const shownNames = 5;
