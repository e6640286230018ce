import type { PlacedDifference } from "../compare/position.ts";
import { joinContents } from "./content.ts";
import { groupBy, type Finding, type Sides } from "./finding.ts";
import type { PackageSign } from "./manifest-change.ts";
import { describeLists } from "./package-lists.ts";
import { readReferences, type Reference } from "./package-references.ts";

/** Packages that come, go, change their version or their place; references are joined with the sources that name them. */
export function readPackages(open: readonly PlacedDifference[], sides: Sides): readonly Finding[] {
  const listed = readReferences(open, sides);
  const exchanged = listed.filter(({ change }) => change === "added" || change === "removed");
  const byName = groupBy(exchanged, ({ name, pipeline }) => JSON.stringify([name.text, pipeline]));
  return [
    ...mergeFindings([...byName.values()].flatMap(describePackage)),
    ...describeLists(listed, "order", sides),
    ...describeLists(listed, "repeated", sides),
  ];
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
    content: exchangeContent(sign, references),
    text: isExchange ? `${name} ${what}` : `${sign} ${name}`,
    general: isExchange ? `${name} ${signWords[sign]}` : `${sign} ${name}`,
    package: { sign, name },
    values: sign === "version" ? [{ before: versions[0], after: versions[1] }] : [],
    claims: references.map(({ difference }) => difference),
    digests: references.map(({ digest }) => digest),
  };
}

/** Which build came for which, from where to where, where names and versions do not tell it. */
function exchangeContent(sign: PackageSign, references: readonly Reference[]): string {
  if (sign !== "content" && sign !== "moved") return "";
  const told = references.map(({ change, digest, difference: { place } }) =>
    JSON.stringify([change, sign === "moved" && place.kind === "stage" ? place.index : digest]),
  );
  return joinContents(told);
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
    content: sign === "changed" ? exchangeContent("content", references) : "",
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
      content: joinContents(group.flatMap(({ content }) => content ?? [])),
      claims: group.flatMap(({ claims }) => claims),
      digests: group.flatMap(({ digests }) => digests ?? []),
    }),
  );
}
