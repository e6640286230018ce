import { formatCount, formatNumber } from "../src/report/words.ts";
import { element, group, type Child } from "./element.ts";

/** As many names are made at once; a reader who wants more asks for them. */
const step = 200;

/** A list of names that is made when it is opened. */
export interface NameList {
  readonly root: HTMLElement;
  /** Makes an open list anew, for other names may be asked for now. */
  readonly refresh: () => void;
}

/** A list of as many names as `names` gives when it is opened, of `total`. */
export function nameList(names: () => readonly string[], total: number): NameList {
  const summary = element("summary", {}, formatCount(total, "manifest"));
  const root = element("details", {}, summary);
  const refresh = (): void => {
    if (root.open) root.replaceChildren(summary, group(content(names(), total)));
  };
  root.addEventListener("toggle", refresh);
  return { root, refresh };
}

function content(names: readonly string[], total: number): readonly Child[] {
  const list = element("ul", { class: "names" });
  const more = element("button", { type: "button", class: "more" });
  const grow = (): void => {
    const from = list.childElementCount;
    list.append(group(names.slice(from, from + step).map((name) => element("li", {}, name))));
    const left = names.length - list.childElementCount;
    more.hidden = left <= 0;
    more.textContent = `Show ${formatNumber(Math.min(step, left))} of ${formatNumber(left)} more`;
  };
  more.addEventListener("click", grow);
  grow();
  const note = `${formatCount(names.length, "name")} that the filters ask for`;
  return [...(names.length === total ? [] : [element("p", { class: "note" }, note)]), list, more];
}
