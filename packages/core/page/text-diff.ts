import { formatCount } from "../src/report/words.ts";
import { element, group, scroller } from "./element.ts";

const KINDS: Readonly<Record<string, string>> = { "+": "added", "-": "removed", "@": "place" };

/** More lines than this are shown when asked for. */
const maxLines = 200;

/** The lines of a unified diff. */
export function textDiff(lines: readonly string[]): HTMLElement {
  const block = element("div", { class: "text-diff" }, ...lines.slice(0, maxLines).map(diffLine));
  const left = lines.length - maxLines;
  if (left <= 0) return scroller("Difference of the text", block);
  const more = element("button", { type: "button", class: "more" }, `Show ${formatCount(left, "more line")}`);
  more.addEventListener("click", () => {
    block.append(group(lines.slice(maxLines).map(diffLine)));
    more.remove();
  });
  return element("div", {}, scroller("Difference of the text", block), more);
}

function diffLine(line: string): HTMLElement {
  return element("div", { class: KINDS[line.charAt(0)] ?? "same" }, line === "" ? " " : line);
}
