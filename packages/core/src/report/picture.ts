import type { PartChange, PipelinePicture } from "../explain/explanation.ts";

/** A line of a box: a stage, or a run of stages that are equal. */
interface PictureLine {
  readonly text: string;
  readonly change: PartChange;
}

/** A pipeline as a box; sizes and places in pixels. */
export interface PictureBox {
  readonly pipeline: PipelinePicture;
  readonly x: number;
  readonly y: number;
  readonly height: number;
  readonly lines: readonly PictureLine[];
}

/** A curve from one box to the right or below to another. */
interface PictureEdge {
  readonly kind: "input" | "build";
  readonly from: string;
  readonly to: string;
  /** The `d` of an SVG path, numbers only. */
  readonly path: string;
}

/** Pipelines as a graph that can be drawn. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly PictureBox[];
  readonly edges: readonly PictureEdge[];
}

/** The measures of a picture, in pixels. */
export const PICTURE = { boxWidth: 192, headHeight: 30, lineHeight: 20, gapX: 40, gapY: 20, margin: 12 };

/** More stages than this are counted. */
const maxLines = 14;

/** Pipelines in columns from left to right, each beyond all that it builds in and takes from. */
export function layoutPicture(pipelines: readonly PipelinePicture[]): Picture {
  const depths = depthsOf(pipelines);
  const bottoms: number[] = [];
  const boxes = pipelines.map((pipeline, index) => {
    const depth = depths[index] ?? 0;
    const lines = linesOf(pipeline);
    const y = bottoms[depth] ?? PICTURE.margin;
    const height = PICTURE.headHeight + lines.length * PICTURE.lineHeight + (lines.length > 0 ? 8 : 0);
    bottoms[depth] = y + height + PICTURE.gapY;
    return { pipeline, x: PICTURE.margin + depth * (PICTURE.boxWidth + PICTURE.gapX), y, height, lines };
  });
  const right = boxes.reduce((most, { x }) => Math.max(most, x + PICTURE.boxWidth), 0);
  const bottom = boxes.reduce((most, { y, height }) => Math.max(most, y + height), 0);
  return {
    width: right + PICTURE.margin,
    height: bottom + PICTURE.margin,
    boxes,
    edges: edgesOf(boxes),
  };
}

/** How far from the left each pipeline stands; a reference to none, to itself or around a circle moves nothing. */
function depthsOf(pipelines: readonly PipelinePicture[]): readonly number[] {
  const places = new Map(
    pipelines.map(({ name }, index) => [name, index]).toReversed() as [string, number][],
  );
  const depths = new Map<number, number>();
  const depthOf = (index: number): number => {
    const known = depths.get(index);
    if (known !== undefined) return known;
    depths.set(index, 0);
    const pipeline = pipelines[index] as PipelinePicture;
    const below = [...pipeline.inputs, ...(pipeline.build === null ? [] : [pipeline.build])]
      .map((name) => places.get(name))
      .filter((place) => place !== undefined && place !== index);
    const depth = below.reduce((most: number, place) => Math.max(most, depthOf(place as number) + 1), 0);
    depths.set(index, depth);
    return depth;
  };
  return pipelines.map((_, index) => depthOf(index));
}

/** The stages that differ, and runs of the others as one line each. */
function linesOf({ stages }: PipelinePicture): readonly PictureLine[] {
  const lines: PictureLine[] = [];
  let run: PictureLine[] = [];
  const closeRun = (): void => {
    const [first] = run;
    if (first !== undefined && run.length < 3) lines.push(...run);
    else if (first !== undefined) lines.push({ text: `${run.length} stages`, change: first.change });
    run = [];
  };
  for (const { type, change } of stages) {
    const line = { text: type.replace(/^org\.osbuild\./, ""), change };
    if (run[0]?.change !== change) closeRun();
    if (isQuiet(change)) run.push(line);
    else lines.push(line);
  }
  closeRun();
  const more = lines.length - maxLines;
  return more > 1 ? [...lines.slice(0, maxLines), { text: `${more} lines more`, change: "same" }] : lines;
}

function isQuiet(change: PartChange): boolean {
  return change === "same" || change === "inherits";
}

function edgesOf(boxes: readonly PictureBox[]): readonly PictureEdge[] {
  const byName = new Map(boxes.toReversed().map((box) => [box.pipeline.name, box]));
  return boxes.flatMap((to) => {
    const { build, inputs } = to.pipeline;
    const edge = (kind: PictureEdge["kind"], name: string): readonly PictureEdge[] => {
      const from = byName.get(name);
      if (from === undefined || from === to) return [];
      return [{ kind, from: name, to: to.pipeline.name, path: curve(from, to, kind) }];
    };
    return [
      ...(build === null ? [] : edge("build", build)),
      ...inputs.flatMap((name) => edge("input", name)),
    ];
  });
}

/** A curve from the right side of one box to the left side of another; builds arrive a little above inputs. */
function curve(from: PictureBox, to: PictureBox, kind: PictureEdge["kind"]): string {
  const [x1, y1] = [from.x + PICTURE.boxWidth, from.y + PICTURE.headHeight / 2];
  const [x2, y2] = [to.x, to.y + PICTURE.headHeight / 2 + (kind === "build" ? -6 : 4)];
  const bend = Math.max(24, Math.abs(x2 - x1) / 2);
  return `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
}
