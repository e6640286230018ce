import { causeId, changesOf } from "./change-ids.ts";
import { gravest } from "./classes.ts";
import { detailsOf } from "./details.ts";
import type { Cause, Example } from "./explanation.ts";
import type { LineGroup } from "./joining.ts";
import { classesOf, type Line } from "./lines.ts";
import type { ManifestChange } from "./manifest-change.ts";
import { titleOf } from "./titles.ts";
import type { Naming } from "./whole-causes.ts";

/** The change of each manifest by its name. */
type ChangesByName = ReadonlyMap<string, ManifestChange>;

/** A group of lines as a cause, with one manifest as its example. */
export function causeOf(group: LineGroup, changes: ChangesByName, naming: Naming): Cause {
  const { lines, manifests } = group;
  const ids = [...new Set(lines.flatMap(changesOf))].toSorted();
  return {
    id: causeId(ids),
    changes: ids,
    kind: lines.some(({ kind }) => kind === "packages") ? "packages" : (lines[0] as Line).kind,
    class: gravest(lines.flatMap(classesOf)),
    title: titleOf(group),
    details: detailsOf(group, naming.profile),
    scope: naming.scope(manifests),
    manifests,
    example: exampleOf(group, changes),
  };
}

function exampleOf({ lines, manifests }: LineGroup, changes: ChangesByName): Example | null {
  const counts = new Map<string, number>();
  for (const line of lines) for (const name of line.manifests) counts.set(name, (counts.get(name) ?? 0) + 1);
  const most = [...counts.values()].reduce((a, b) => Math.max(a, b), 0);
  const manifest = manifests.find((name) => counts.get(name) === most);
  const change = manifest === undefined ? undefined : changes.get(manifest);
  if (manifest === undefined || change === undefined) return null;
  const items = lines.flatMap(({ occurrences }) =>
    occurrences.filter((occurrence) => occurrence.manifest === manifest).map(({ item }) => item),
  );
  return {
    manifest,
    edits: items.flatMap(({ edits }) => edits),
    omittedEdits: items.reduce((sum, { omittedEdits }) => sum + omittedEdits, 0),
    pipelines: change.pipelines,
  };
}
