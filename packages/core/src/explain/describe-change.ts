import type { Located } from "../compare/difference.ts";
import type { PlacedDifference } from "../compare/position.ts";
import { printJson } from "../json/print.ts";
import { bytesOf, type JsonTape } from "../json/tape.ts";
import {
  classByIds,
  comparedIds,
  exportedPipelines,
  osbuildIds,
  pipelineLinks,
  type IdPair,
} from "./build-ids.ts";
import { Catalogue, nodeAt } from "./catalogue.ts";
import { classOfDifference, gravest } from "./classes.ts";
import type { CauseClass, Edit } from "./explanation.ts";
import { groupBy, type Finding, type Reader, type Sides } from "./finding.ts";
import { readInlineSources } from "./inline-sources.ts";
import { readLinkedValues, readPipelineNames } from "./linked-values.ts";
import { maxEdits, maxEditText, maxValues, type ChangeItem, type ManifestChange } from "./manifest-change.ts";
import { readPackages } from "./package-changes.ts";
import { picturePipelines, type PictureSide } from "./pictures.ts";
import { partOf, placeWords } from "./places.ts";
import type { ExplainProfile } from "./profile.ts";
import { isInSources, rawDifferences } from "./raw-differences.ts";
import { readEdits, readRunners } from "./settings.ts";
import { readLocations } from "./source-locations.ts";
import { assignSources } from "./source-owners.ts";

/** How a manifest is read. */
export interface DescribeOptions {
  readonly profile: ExplainProfile;
  /** The pipelines that are built and shipped; null, or none of them there: those that no other refers to. */
  readonly exports: readonly string[] | null;
}

/** What changed from one manifest to another, as things that people know: packages, files, settings. */
export function describeChange(
  before: JsonTape,
  after: JsonTape,
  { profile, exports }: DescribeOptions,
): ManifestChange {
  const differences = rawDifferences(before, after);
  const sides: Sides = {
    before: { tape: before, sources: new Catalogue(before) },
    after: { tape: after, sources: new Catalogue(after) },
    profile,
  };
  const findings = findReasons(differences, sides);
  const ids = pictureSides(before, after, exports);
  const byIds = classByIds(ids);
  const items = settleClasses(
    findings.map((finding) => itemOf(finding, sides)),
    byIds,
  );
  return {
    class: byIds === "rebuild" ? "rebuild" : gravest(items.map((item) => item.class)),
    items,
    pipelines: picturePipelines(ids.before, ids.after, differences),
  };
}

const readers: readonly Reader[] = [
  readPackages,
  readInlineSources,
  readLocations,
  readRunners,
  readPipelineNames,
  readLinkedValues,
  (open, sides) =>
    readEdits(
      open.filter((difference) => !isInSources(difference)),
      sides,
    ),
];

/** The findings that account for all differences, each for its own. */
export function findReasons(differences: readonly PlacedDifference[], sides: Sides): readonly Finding[] {
  let open = differences;
  let findings: readonly Finding[] = [];
  for (const read of readers) {
    const found = read(open, sides).filter(({ claims }) => claims.length > 0);
    findings = [...findings, ...found];
    open = withoutClaimed(open, found);
  }
  const assigned = assignSources(findings, open, sides);
  return [...assigned, ...readEdits(withoutClaimed(open, assigned), sides)];
}

function withoutClaimed(
  open: readonly PlacedDifference[],
  findings: readonly Finding[],
): readonly PlacedDifference[] {
  if (findings.length === 0) return open;
  const claimed = new Set(findings.flatMap(({ claims }) => claims));
  return open.filter((difference) => !claimed.has(difference));
}

function pictureSides(
  before: JsonTape,
  after: JsonTape,
  exports: readonly string[] | null,
): { readonly before: PictureSide; readonly after: PictureSide } {
  const newLinks = pipelineLinks(after);
  const isSame = equalPipelines(before, after);
  const oldLinks = isSame ? newLinks : pipelineLinks(before);
  const old = { links: oldLinks, exported: exportedPipelines(oldLinks, exports) };
  const now = { links: newLinks, exported: exportedPipelines(newLinks, exports) };
  const withIds = ({ before, after }: IdPair) => ({
    before: { ...old, ids: before },
    after: { ...now, ids: after },
  });
  if (isSame) return withIds(osbuildIds(before, after));
  const compared = withIds(comparedIds(before, after));
  // What rebuilds by these does so by osbuild's; what seems not to may be nothing that osbuild could load.
  return classByIds(compared) === "rebuild" ? compared : withIds(osbuildIds(before, after));
}

/** No id depends on anything but the pipelines, as long as their references lead somewhere. */
function equalPipelines(before: JsonTape, after: JsonTape): boolean {
  const [old, now] = [nodeAt(before, ["pipelines"]), nodeAt(after, ["pipelines"])];
  return old !== -1 && now !== -1 && bytesOf(before, old).equals(bytesOf(after, now));
}

/** The ids have the last word: nothing rebuilds when none moved, and something does when one did. */
function settleClasses(items: readonly ChangeItem[], byIds: CauseClass): readonly ChangeItem[] {
  if (byIds !== "rebuild") {
    return items.map((item) => (item.class === "rebuild" ? { ...item, class: "id-blind" } : item));
  }
  if (items.some((item) => item.class === "rebuild")) return items;
  return items.map((item) => (isBuilt(item) ? { ...item, class: "rebuild" } : item));
}

function isBuilt({ places }: ChangeItem): boolean {
  return places.some(({ part }) => part !== "sources" && part !== "metadata");
}

function itemOf(finding: Finding, sides: Sides): ChangeItem {
  const { claims } = finding;
  const own = finding.class ?? gravest(claims.map((claim) => classOfDifference(claim, sides)));
  const places = [...groupBy(claims, partOf)].map(([part, group]) => ({ part, count: group.length }));
  return {
    kind: finding.kind,
    class: own,
    subject: finding.subject,
    variant: finding.variant,
    content: finding.content ?? "",
    text: finding.text,
    general: finding.general,
    package: finding.package ?? null,
    values: (finding.values ?? []).slice(0, maxValues),
    diff: finding.diff ?? null,
    places,
    edits: claims.slice(0, maxEdits).map(editOf),
    omittedEdits: Math.max(0, claims.length - maxEdits),
  };
}

function editOf(difference: PlacedDifference): Edit {
  const place = placeWords(difference);
  switch (difference.change) {
    case "added":
      return { after: show(difference.after), place };
    case "removed":
      return { before: show(difference.before), place };
    default:
      return { before: show(difference.before), after: show(difference.after), place };
  }
}

function show({ pointer, value }: Located): { readonly pointer: string; readonly json: string } {
  const json = printJson(value, maxEditText + 1);
  return { pointer, json: json.length <= maxEditText ? json : `${json.slice(0, maxEditText)}…` };
}
