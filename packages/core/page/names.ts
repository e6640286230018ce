import { formatCount, formatNumber } from "../src/report/words.ts";
import { disclosure, element, group } from "./element.ts";

/** As many names are made at once; a reader who wants more asks for them. */
const step = 200;

/** A list of names that is made when it is opened, and then in steps. */
export function nameList(names: () => readonly string[], total: number): HTMLElement {
  return disclosure(formatCount(total, "manifest"), () => {
    const shown = names();
    const list = element("ul", { class: "names" });
    const more = element("button", { type: "button", class: "more" });
    const grow = (): void => {
      const from = list.childElementCount;
      list.append(group(shown.slice(from, from + step).map((name) => element("li", {}, name))));
      const left = shown.length - list.childElementCount;
      more.hidden = left <= 0;
      more.textContent = `Show ${formatNumber(Math.min(step, left))} of ${formatNumber(left)} more`;
    };
    more.addEventListener("click", grow);
    grow();
    const note = shown.length === total ? [] : [element("p", { class: "note" }, filteredNote(shown.length))];
    return [...note, list, more];
  });
}

function filteredNote(count: number): string {
  return `${formatCount(count, "name")} that the filters ask for`;
}
