import type { PlacedDifference } from "../compare/position.ts";
import type { IdSide, PipelineLinks } from "./build-ids.ts";
import type { PartChange, PipelinePicture } from "./explanation.ts";

/** One side of a picture. */
export interface PictureSide extends IdSide {
  readonly links: readonly PipelineLinks[];
}

interface StagePicture {
  readonly type: string;
  readonly change: PartChange;
}

/** The pipelines of a manifest with what became of each stage: the new manifest's, then those that are gone. */
export function picturePipelines(
  before: PictureSide,
  after: PictureSide,
  differences: readonly PlacedDifference[],
): readonly PipelinePicture[] {
  const oldNames = renamedFrom(differences);
  const kept = after.links.map((pipeline) => {
    const oldName = oldNames.get(pipeline.name) ?? pipeline.name;
    const old = before.links.find(({ name }) => name === oldName);
    const own = differences.filter(
      ({ place }) => place.kind !== "manifest" && place.pipeline === pipeline.name,
    );
    return picture(pipeline, after, {
      change: changeOf(pipeline.name, oldName, own, { before, after }),
      stages: pictureStages(pipeline, old, own, { before, after }),
    });
  });
  const names = new Set(after.links.map(({ name }) => oldNames.get(name) ?? name));
  const gone = before.links.filter(({ name }) => !names.has(name));
  return [
    ...kept,
    ...gone.map((pipeline) =>
      picture(pipeline, before, {
        change: "removed",
        stages: pipeline.stages.map((type) => ({ type, change: "removed" })),
      }),
    ),
  ];
}

function picture(
  { name, build, inputs }: PipelineLinks,
  side: IdSide,
  { change, stages }: { readonly change: PartChange; readonly stages: readonly StagePicture[] },
): PipelinePicture {
  return { name, change, exported: side.exported.has(name), build, inputs, stages };
}

function renamedFrom(differences: readonly PlacedDifference[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const { place, path, change, ...rest } of differences) {
    if (place.kind !== "pipeline" || path.length !== 1 || path[0] !== "name" || change !== "changed")
      continue;
    if (!("before" in rest)) continue;
    const old = rest.before.value;
    if (typeof old === "string") names.set(place.pipeline, old);
  }
  return names;
}

interface Both {
  readonly before: PictureSide;
  readonly after: PictureSide;
}

function changeOf(
  name: string,
  oldName: string,
  own: readonly PlacedDifference[],
  { before, after }: Both,
): PartChange {
  const whole = own.find(({ place, path }) => place.kind === "pipeline" && path.length === 0);
  if (whole !== undefined && whole.change !== "moved") return whole.change;
  if (own.length > (whole === undefined ? 0 : 1)) return "changed";
  if (whole !== undefined) return "moved";
  return before.ids?.get(oldName)?.id === after.ids?.get(name)?.id ? "same" : "inherits";
}

/** What became of each stage; those that are neither new nor moved are each other's counterparts in their order. */
function pictureStages(
  pipeline: PipelineLinks,
  old: PipelineLinks | undefined,
  own: readonly PlacedDifference[],
  { before, after }: Both,
): readonly StagePicture[] {
  const changes = new Map<number, PartChange>();
  const goneOrMoved = new Set<number>();
  const counterparts = new Map<number, number>();
  for (const { place, path, change, at } of own) {
    if (place.kind !== "stage") continue;
    const depth = at.after.length - path.length - 1;
    const [oldIndex, newIndex] = [Number(at.before[depth]), Number(at.after[depth])];
    const isWhole = path.length === 0;
    if (isWhole && change !== "added") goneOrMoved.add(oldIndex);
    if (isWhole && change === "removed") continue;
    if (isWhole && change === "moved") counterparts.set(newIndex, oldIndex);
    if (!isWhole && changes.has(newIndex) && changes.get(newIndex) !== "moved") continue;
    changes.set(newIndex, isWhole ? change : "changed");
  }
  const isNew = pipeline.stages.map((_, index) => changes.get(index) === "added" || counterparts.has(index));
  const left = (old?.stages ?? []).flatMap((_, index) => (goneOrMoved.has(index) ? [] : [index]));
  const oldIds = old === undefined ? undefined : before.ids?.get(old.name)?.stages;
  const newIds = after.ids?.get(pipeline.name)?.stages;
  const kept = pipeline.stages.map((type, index): StagePicture => {
    const counterpart = isNew[index] ? counterparts.get(index) : left.shift();
    const known = changes.get(index) ?? (old === undefined ? "added" : undefined);
    if (known !== undefined) return { type, change: known };
    const isSame = counterpart !== undefined && oldIds?.[counterpart]?.id === newIds?.[index]?.id;
    return { type, change: isSame ? "same" : "inherits" };
  });
  const removed = own.flatMap(({ place, path, change }): StagePicture[] =>
    place.kind === "stage" && path.length === 0 && change === "removed"
      ? [{ type: place.stage, change: "removed" }]
      : [],
  );
  return [...kept, ...removed];
}
