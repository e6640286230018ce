import { groupBy } from "./finding.ts";
import type { Line } from "./lines.ts";
import { splitName } from "./name-parts.ts";
import type { ExplainProfile } from "./profile.ts";

/** Lines that belong together: each holds for all of the manifests, for most, or for a part of its own. */
export interface LineGroup {
  readonly lines: readonly Line[];
  readonly manifests: readonly string[];
}

/** A change that holds for at least this share of another's manifests, and for no others, is its near miss. */
const nearMissShare = 0.8;

/**
 * Joins lines into causes. What people change on purpose (packages, stages, settings) belongs together when it hits the
 * same manifests, or nearly, or manifests that only one part of their names tells apart. Nothing else is joined by its
 * set alone: identifiers, numbers, addresses and versions only with their like.
 */
export function joinLines(lines: readonly Line[], profile: ExplainProfile): readonly LineGroup[] {
  const deliberate = [...groupBy(lines.filter(isDeliberate), ({ set }) => set).values()].map(createGroup);
  const families = groupBy(
    lines.filter((line) => !isDeliberate(line)),
    familyOf,
  );
  return [
    ...joinSiblings(joinNearMisses(deliberate), profile),
    ...[...families.values()].flatMap((family) => joinSiblings(joinOverlapping(family), profile)),
  ];
}

/** Lines that somebody wrote down; all others follow from something else. */
function isDeliberate({ kind, occurrences }: Line): boolean {
  if (kind === "edit") return true;
  const sign = occurrences[0]?.item.package?.sign;
  return kind === "packages" && sign !== "version" && sign !== "content";
}

/** What other lines must have in common to be one cause. */
function familyOf({ kind, subject, occurrences }: Line): string {
  const sign = occurrences[0]?.item.package?.sign;
  if (sign !== undefined) return `packages ${sign}`;
  if (kind === "linked-value") return subject.startsWith("id ") ? "ids" : `number ${sizeOf(subject)}`;
  return JSON.stringify([kind, subject]);
}

/** The amount that a number grew or shrank by, alike in bytes and in sectors. */
function sizeOf(subject: string): string {
  let size = BigInt(/[0-9]+$/.exec(subject)?.[0] ?? "0");
  while (size > 0n && size % sectorBytes === 0n) size /= sectorBytes;
  return String(size);
}

const sectorBytes = 512n;

/** Lines of which most manifests are another's too, one after the other from the biggest on. */
function joinOverlapping(lines: readonly Line[]): readonly LineGroup[] {
  const groups: { lines: Line[]; manifests: Set<string> }[] = [];
  for (const line of lines.toSorted(compareLines)) {
    const group = groups.find(({ manifests }) => {
      const common = line.manifests.filter((name) => manifests.has(name)).length;
      return common * 2 >= line.manifests.length;
    });
    if (group === undefined) groups.push({ lines: [line], manifests: new Set(line.manifests) });
    else {
      group.lines.push(line);
      for (const name of line.manifests) group.manifests.add(name);
    }
  }
  return groups.map((group) => createGroup(group.lines));
}

/** The biggest first, then in an order that no input has a say in. */
function compareLines(a: Line, b: Line): number {
  return b.manifests.length - a.manifests.length || (lineKey(a) < lineKey(b) ? -1 : 1);
}

function lineKey({ kind, subject, variant, set }: Line): string {
  return JSON.stringify([kind, subject, variant, set]);
}

/** Joins a group to the smallest that it is a near miss of, in the same pipelines, and to what that one joined. */
function joinNearMisses(groups: readonly LineGroup[]): readonly LineGroup[] {
  const sorted = groups.toSorted((a, b) => b.manifests.length - a.manifests.length);
  const seen: { group: LineGroup; parts: ReadonlySet<string>; joined: Line[] }[] = [];
  for (const group of sorted) {
    const parts = pipelinesOf(group.lines);
    const whole = seen.findLast(
      (other) => isNearMiss(group, other.group) && [...parts].some((part) => other.parts.has(part)),
    );
    const joined = whole?.joined ?? [];
    joined.push(...group.lines);
    seen.push({ group, parts, joined });
  }
  return [...new Set(seen.map(({ joined }) => joined))].map(createGroup);
}

function isNearMiss(group: LineGroup, whole: LineGroup): boolean {
  if (group.manifests.length < nearMissShare * whole.manifests.length) return false;
  const names = new Set(whole.manifests);
  return group.manifests.every((name) => names.has(name));
}

/** The pipelines that lines are in. */
export function pipelinesOf(lines: readonly Line[]): ReadonlySet<string> {
  const parts = lines.flatMap(({ occurrences }) =>
    occurrences.flatMap(({ item }) => item.places.map(({ part }) => part)),
  );
  return new Set(parts.filter((part) => part !== "sources").toSorted());
}

/**
 * Joins groups of one kind in the same pipelines whose names differ in one part only, such as the architecture, and that
 * each name their value of that part: other sets of names that match may well be those of two commits.
 */
function joinSiblings(groups: readonly LineGroup[], profile: ExplainProfile): readonly LineGroup[] {
  return profile.parts.reduce(
    (open, _, part) =>
      [...groupBy(open, (group) => siblingKey(group, part, profile)).values()].map((siblings) =>
        siblings.length === 1
          ? (siblings[0] as LineGroup)
          : createGroup(siblings.flatMap(({ lines }) => lines)),
      ),
    groups,
  );
}

/** Equal for groups that may be siblings: what they are about, where, and their names but for one part. */
function siblingKey({ lines, manifests }: LineGroup, part: number, profile: ExplainProfile): string {
  const names = manifests.map((name) => splitName(name, profile).values);
  const values = new Set(names.map((name) => name[part]));
  const [value = ""] = values;
  if (values.size !== 1 || names.length < minSiblings || !isNamed(value, lines, profile)) {
    return JSON.stringify(manifests);
  }
  const rest = names.map((name) => name.filter((_, index) => index !== part).join("\n")).toSorted();
  const topics = new Set(lines.map(topicOf));
  return JSON.stringify([[...topics].toSorted(), [...pipelinesOf(lines)].toSorted(), rest]);
}

/** Whether some of the lines name a value, in whatever spelling. */
function isNamed(value: string, lines: readonly Line[], { spellings }: ExplainProfile): boolean {
  const words = [value, ...(spellings.get(value) ?? [])].map((word) => word.toLowerCase());
  return lines.some(({ occurrences }) => {
    const text = occurrences[0]?.item.text.toLowerCase() ?? "";
    return words.some((word) => word !== "" && text.includes(word));
  });
}

/** Fewer manifests are too few for their names to prove anything. */
const minSiblings = 2;

function topicOf(line: Line): string {
  const sign = line.occurrences[0]?.item.package?.sign;
  return isDeliberate(line) && sign !== undefined ? `packages ${sign}` : familyTopic(line);
}

function familyTopic(line: Line): string {
  return line.kind === "edit" ? JSON.stringify([line.kind, line.subject]) : familyOf(line);
}

function createGroup(lines: readonly Line[]): LineGroup {
  return {
    lines: lines.toSorted(compareLines),
    manifests: [...new Set(lines.flatMap(({ manifests }) => manifests))].toSorted(),
  };
}
