import type { CauseCard } from "./cause-card.ts";
import { element } from "./element.ts";
import type { Toolbar } from "./toolbar.ts";

const KEYS: readonly (readonly [keys: readonly string[], meaning: string])[] = [
  [["/"], "search"],
  [["↓", "↑"], "next and previous cause, from the search and in the list"],
  [["Home", "End"], "first and last cause, in the list"],
  [["Enter"], "open or close a cause"],
  [["Esc"], "clear the filters"],
];

/** What the keys do, for the reader. */
export function keyHelp(): HTMLElement {
  const entries = KEYS.map(([keys, meaning]) =>
    element("li", {}, ...keys.map((key) => element("kbd", {}, key)), meaning),
  );
  return element(
    "section",
    { class: "keys", "aria-labelledby": "keys" },
    element("h2", { id: "keys" }, "Keys"),
    element("ul", {}, ...entries),
  );
}

/** Listens to the keys; `shown` are the cards that the filters leave, in their order. */
export function listenToKeys(toolbar: Toolbar, shown: () => readonly CauseCard[]): void {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const isHandled = handleKey(event, toolbar, shown());
    if (isHandled) event.preventDefault();
  });
}

function handleKey(event: KeyboardEvent, toolbar: Toolbar, cards: readonly CauseCard[]): boolean {
  const isTyping = event.target === toolbar.search;
  if (event.key === "Escape") {
    toolbar.clear();
    return true;
  }
  if (event.key === "/" && !isTyping) {
    toolbar.search.focus();
    toolbar.search.select();
    return true;
  }
  const current = cards.findIndex(({ button }) => button === document.activeElement);
  const next = nextCard(event.key, current, { last: cards.length - 1, isTyping });
  const card = next === null ? undefined : cards[next];
  card?.button.focus();
  return card !== undefined;
}

interface Bounds {
  readonly last: number;
  readonly isTyping: boolean;
}

/** The card that a key leads to; into the list leads the arrow down from the search. */
function nextCard(key: string, current: number, { last, isTyping }: Bounds): number | null {
  if (current === -1) return key === "ArrowDown" && isTyping ? 0 : null;
  if (key === "ArrowDown") return Math.min(last, current + 1);
  if (key === "ArrowUp") return Math.max(0, current - 1);
  if (key === "Home") return 0;
  return key === "End" ? last : null;
}
