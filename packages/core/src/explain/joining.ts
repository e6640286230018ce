import { groupBy } from "./finding.ts";
import type { Line } from "./lines.ts";

/** Lines that belong together: the whole ones hold for every manifest, the partial ones for most. */
export interface LineGroup {
  readonly lines: readonly Line[];
  readonly manifests: readonly string[];
}

/** Lines of which nothing but the set of manifests could tell what they have in common. */
export function isMechanical({ kind, occurrences }: Line): boolean {
  if (kind === "edit") return false;
  const sign = occurrences[0]?.item.package?.sign;
  return kind !== "packages" || sign === "version" || sign === "content";
}

/** Joins lines into causes. */
export function joinLines(lines: readonly Line[]): readonly LineGroup[] {
  const deliberate = lines.filter((line) => !isMechanical(line));
  const bySet = groupBy(deliberate, ({ set }) => set);
  const mechanical = groupBy(lines.filter(isMechanical), familyOf);
  return [
    ...[...bySet.values()].map(createGroup),
    ...[...mechanical.values()].flatMap((family) => joinOverlapping(family)),
  ];
}

/** What mechanical lines must have in common to be one cause. */
function familyOf({ kind, subject, occurrences }: Line): string {
  const sign = occurrences[0]?.item.package?.sign;
  if (sign !== undefined) return `packages ${sign}`;
  if (kind === "linked-value")
    return subject.startsWith("id ") ? "ids" : subject.replace(/^.* -?/, "number ");
  if (kind === "source-location") return subject;
  return JSON.stringify([kind, subject]);
}

/** Lines whose sets lie within one another, or mostly, one after the other from the biggest on. */
function joinOverlapping(lines: readonly Line[]): readonly LineGroup[] {
  const groups: { lines: Line[]; manifests: Set<string> }[] = [];
  for (const line of lines.toSorted((a, b) => b.manifests.length - a.manifests.length)) {
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

function createGroup(lines: readonly Line[]): LineGroup {
  return { lines, manifests: [...new Set(lines.flatMap(({ manifests }) => manifests))].toSorted() };
}
