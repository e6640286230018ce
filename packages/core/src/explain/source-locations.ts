import type { PlacedDifference } from "../compare/position.ts";
import type { SourceItem } from "./catalogue.ts";
import { joinContents } from "./content.ts";
import { groupBy, type Finding, type Sides } from "./finding.ts";
import { isInSources } from "./raw-differences.ts";
import { compareUrls } from "./url-change.ts";

/** One reason why a difference in the sources is there: the same content comes from elsewhere. */
interface Relocation {
  readonly what: string;
  readonly before: string;
  readonly after: string;
  /** What the words above leave out. */
  readonly content: string;
  readonly difference: PlacedDifference;
}

/** Where the same content is fetched from: addresses, mirrors, the kind of source. */
export function readLocations(open: readonly PlacedDifference[], sides: Sides): readonly Finding[] {
  const inSources = open.filter(isInSources);
  const items = groupBy(inSources.filter(isItem), ({ path }) => String(path[3]));
  const relocations = [...items].flatMap(([digest, differences]) => relocate(digest, differences, sides));
  const tables = inSources.filter(isMirror).flatMap((difference) => readMirror(difference, sides));
  const groups = groupBy([...relocations, ...tables], ({ what, before, after }) =>
    JSON.stringify([what, before, after]),
  );
  return [...groups.values()].map(describeRelocation);
}

function isItem({ path }: PlacedDifference): boolean {
  return path[2] === "items" && path.length >= 4;
}

function isMirror({ path }: PlacedDifference): boolean {
  return path[2] === "options" && path[3] === "mirrors" && path.length >= 5;
}

const relocatingMembers: ReadonlySet<string | number | undefined> = new Set(["url", "path", "mirror"]);

/** Other members of an item are edits of their own. */
function isWhereabouts({ path }: PlacedDifference): boolean {
  return path.length === 4 || relocatingMembers.has(path[4]);
}

function relocate(
  digest: string,
  differences: readonly PlacedDifference[],
  { before, after }: Sides,
): readonly Relocation[] {
  const [old, now] = [before.sources.item(digest), after.sources.item(digest)];
  if (old === null || now === null) return [];
  return differences.filter(isWhereabouts).map((difference) => {
    // Of a switch, what is gone tells of the kind; what came tells of the address.
    if (old.kind !== now.kind && (difference.change === "removed" || old.url === now.url)) {
      return { what: "kind of source", before: old.kind, after: now.kind, content: "", difference };
    }
    return { ...compareAddresses(old, now), difference };
  });
}

function compareAddresses(old: SourceItem, now: SourceItem): Omit<Relocation, "difference"> {
  if (old.url === null || now.url === null || old.url === now.url) {
    const content = old.mirror === now.mirror ? "" : JSON.stringify([old.mirror, now.mirror]);
    return { what: "key of a mirror, same address", before: "", after: "", content };
  }
  const { what, pair, untold } = compareUrls(old.url, now.url);
  return { what, ...pair, content: untold };
}

/** An entry of a mirror table whose address changed under the same key. */
function readMirror(difference: PlacedDifference, { before, after }: Sides): readonly Relocation[] {
  const [kind, mirror] = [String(difference.path[1]), String(difference.path[4])];
  const [old, now] = [before.sources.mirrorUrl(kind, mirror), after.sources.mirrorUrl(kind, mirror)];
  if (difference.path[5] !== "url" || old === null || now === null) return [];
  const { what, pair, untold } = compareUrls(old, now);
  return [{ what, ...pair, content: untold, difference }];
}

function describeRelocation(relocations: readonly Relocation[]): Finding {
  const { what, before, after } = relocations[0] as Relocation;
  const values = before === "" && after === "" ? [] : [{ before, after }];
  const isBackwards = what === "snapshot date" && before > after;
  const words = values.map((pair) => ` ${pair.before} → ${pair.after}`).join("");
  return {
    kind: "source-location",
    subject: `sources: ${what}`,
    variant: words.trim(),
    text: `sources: ${what}${words}${isBackwards ? " (goes back)" : ""}`,
    general: `sources: ${what}`,
    content: joinContents(relocations.map(({ content }) => content)),
    values,
    claims: relocations.map(({ difference }) => difference),
    digests: relocations.flatMap(({ difference: { path } }) =>
      path[2] === "items" ? [String(path[3])] : [],
    ),
  };
}
