import type { Edit } from "../src/explain/explanation.ts";
import { jsonLines } from "../src/report/json-lines.ts";
import {
  alignLines,
  differingPart,
  foldRows,
  type DiffRow,
  type NumberedLine,
} from "../src/report/side-by-side.ts";
import { formatCount } from "../src/report/words.ts";
import { element, group, spoken, type Child } from "./element.ts";

/** How many equal lines stand around a difference. */
const context = 3;

/** More lines than this are shown when asked for. */
const maxRows = 400;

/** One place of the example before and after, side by side; one under the other where the page is narrow. */
export function editDiff({ before, after, place }: Edit): HTMLElement {
  const rows = alignLines(linesOf(before?.json), linesOf(after?.json));
  const block = element("div", { class: "rows" }, ...foldedRows(rows.slice(0, maxRows)));
  if (rows.length > maxRows) block.append(moreButton(rows.slice(maxRows)));
  return element(
    "figure",
    { class: "edit" },
    element("figcaption", {}, element("span", { class: "place" }, place), pointers(before, after)),
    element("div", { class: "sides-head" }, element("span", {}, "before"), element("span", {}, "after")),
    block,
  );
}

function foldedRows(rows: readonly DiffRow[]): readonly HTMLElement[] {
  return foldRows(rows, context).map(({ isFolded, rows }) =>
    isFolded ? foldButton(rows) : element("div", {}, group(rows.map(diffRow))),
  );
}

function moreButton(rows: readonly DiffRow[]): HTMLElement {
  const button = element(
    "button",
    { type: "button", class: "fold" },
    `Show ${formatCount(rows.length, "more line")}`,
  );
  button.addEventListener("click", () => button.replaceWith(group(foldedRows(rows))));
  return button;
}

function linesOf(json: string | undefined): readonly string[] {
  return json === undefined ? [] : jsonLines(json);
}

function pointers(before: Edit["before"], after: Edit["after"]): HTMLElement {
  const [old, now] = [before?.pointer, after?.pointer];
  if (old === undefined || now === undefined) {
    return element("code", {}, old === undefined ? `${now ?? ""} (added)` : `${old} (removed)`);
  }
  return element("code", {}, old === now ? now : `${old} → ${now}`);
}

/** Equal rows, shown when asked for. */
function foldButton(rows: readonly DiffRow[]): HTMLElement {
  const button = element(
    "button",
    { type: "button", class: "fold" },
    `⋯ ${formatCount(rows.length, "equal line")}`,
  );
  button.addEventListener("click", () => button.replaceWith(group(rows.map(diffRow))));
  return button;
}

function diffRow({ kind, before, after }: DiffRow): HTMLElement {
  const part = kind === "changed" ? differingPart(before?.text ?? "", after?.text ?? "") : null;
  return element(
    "div",
    { class: `row ${kind}` },
    cell("before", before, { kind, part }),
    cell("after", after, { kind, part }),
  );
}

interface CellStyle {
  readonly kind: DiffRow["kind"];
  readonly part: ReturnType<typeof differingPart> | null;
}

function cell(side: "before" | "after", line: NumberedLine | null, { kind, part }: CellStyle): HTMLElement {
  if (line === null) return element("div", { class: `cell ${side} empty` });
  const sign = kind === "same" ? " " : side === "before" ? "−" : "+";
  return element(
    "div",
    { class: `cell ${side}` },
    element("span", { class: "number", "aria-hidden": "true" }, String(line.number)),
    element("span", { class: "sign", "aria-hidden": "true" }, sign),
    element("code", {}, ...spokenKind(kind, side), ...marked(line.text, part)),
  );
}

function spokenKind(kind: DiffRow["kind"], side: "before" | "after"): readonly Child[] {
  if (kind === "same") return [];
  return [spoken(side === "before" ? "removed: " : "added: ")];
}

function marked(text: string, part: CellStyle["part"]): readonly Child[] {
  if (part === null) return [text];
  const end = text.length - part.fromEnd;
  return [text.slice(0, part.start), element("mark", {}, text.slice(part.start, end)), text.slice(end)];
}
