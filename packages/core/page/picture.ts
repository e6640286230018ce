import type { PartChange, PipelinePicture } from "../src/explain/explanation.ts";
import { layoutPicture, PICTURE, type PictureBox } from "../src/report/picture.ts";
import { formatCount } from "../src/report/words.ts";
import { element, scroller, shape } from "./element.ts";

/** A sign for each change, so that colour is not all that tells. */
const SIGNS: Readonly<Record<PartChange, string>> = {
  same: "",
  inherits: "↳",
  changed: "±",
  added: "+",
  removed: "−",
  moved: "↕",
};

const WORDS: Readonly<Record<PartChange, string>> = {
  same: "unchanged",
  inherits: "unchanged itself, its id moves",
  changed: "changed",
  added: "added",
  removed: "removed",
  moved: "moved",
};

/** As much of a name as a box is wide for. */
const maxCharacters = 22;

/** The pipelines of a manifest as a graph, changed stages marked. */
export function picture(pipelines: readonly PipelinePicture[]): HTMLElement {
  const { width, height, boxes, edges } = layoutPicture(pipelines);
  const svg = shape(
    "svg",
    {
      viewBox: `0 0 ${width} ${height}`,
      width: String(width),
      height: String(height),
      role: "img",
      "aria-label": describe(pipelines),
    },
    ...edges.map(({ kind, path }) => shape("path", { class: `edge ${kind}`, d: path })),
    ...boxes.map(box),
  );
  return element("figure", { class: "picture" }, scroller("Pipelines", svg), legend(pipelines));
}

function describe(pipelines: readonly PipelinePicture[]): string {
  return pipelines
    .map(({ name, change, stages }) => `${name}: ${WORDS[change]}, ${formatCount(stages.length, "stage")}`)
    .join("; ");
}

function box({ pipeline, x, y, height, lines }: PictureBox): SVGElement {
  const { name, change, exported } = pipeline;
  const { boxWidth, headHeight, lineHeight } = PICTURE;
  return shape(
    "g",
    { class: `box ${change}${exported ? " exported" : ""}`, transform: `translate(${x} ${y})` },
    shape("title", {}, `${name}: ${WORDS[change]}${exported ? ", exported" : ""}`),
    shape("rect", { width: String(boxWidth), height: String(height), rx: "6" }),
    shape("text", { class: "name", x: "12", y: "20" }, shorten(name)),
    shape("text", { class: "sign", x: String(boxWidth - 12), y: "20", "text-anchor": "end" }, SIGNS[change]),
    ...lines.map((line, index) =>
      shape(
        "g",
        { class: `line ${line.change}`, transform: `translate(0 ${headHeight + index * lineHeight})` },
        shape("title", {}, `${line.text}: ${WORDS[line.change]}`),
        shape("rect", { x: "6", width: String(boxWidth - 12), height: String(lineHeight - 2), rx: "3" }),
        shape("text", { class: "sign", x: "13", y: "13" }, SIGNS[line.change]),
        shape("text", { x: "28", y: "13" }, shorten(line.text)),
      ),
    ),
  );
}

function shorten(text: string): string {
  const characters = Array.from(text);
  return characters.length <= maxCharacters ? text : `${characters.slice(0, maxCharacters - 1).join("")}…`;
}

/** What the signs that occur mean. */
function legend(pipelines: readonly PipelinePicture[]): HTMLElement {
  const present = new Set(
    pipelines.flatMap(({ change, stages }) => [change, ...stages.map((stage) => stage.change)]),
  );
  const changes = (Object.keys(SIGNS) as PartChange[]).filter(
    (change) => change !== "same" && present.has(change),
  );
  return element(
    "figcaption",
    { class: "legend" },
    ...changes.map((change) =>
      element("span", { class: change }, element("b", {}, SIGNS[change]), WORDS[change]),
    ),
    element("span", {}, element("i", { class: "solid" }), "takes as input"),
    element("span", {}, element("i", { class: "dashed" }), "builds in"),
    element("span", {}, element("i", { class: "frame" }), "exported"),
  );
}
