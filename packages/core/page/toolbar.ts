import type { CauseClass } from "../src/explain/explanation.ts";
import type { ReportDocument } from "../src/report/json.ts";
import { CLASSES } from "../src/explain/class-words.ts";
import { formatNumber } from "../src/report/words.ts";
import { element } from "./element.ts";
import { countScopes, NO_FILTER, type Filter } from "./filter.ts";

/** The controls above the list. */
export interface Toolbar {
  readonly root: HTMLElement;
  readonly search: HTMLInputElement;
  /** What the controls ask for now. */
  readonly filter: () => Filter;
  /** Says how many causes are shown. */
  readonly tell: (text: string) => void;
  /** Takes every filter back. */
  readonly clear: () => void;
}

/** More scopes than this are found by searching. */
const maxScopes = 24;

/** Class filters, search and scopes; `onChange` runs whenever they ask for something else. */
export function toolbar(report: ReportDocument, onChange: () => void): Toolbar {
  const search = element("input", {
    type: "search",
    id: "search",
    placeholder: "Package, image, title",
    autocomplete: "off",
    spellcheck: "false",
  });
  const status = element("p", { class: "status", role: "status" });
  const classChips = CLASSES.map((name) => {
    const count = report.causes.filter((cause) => cause.class === name).length;
    return chip({ value: name, count, style: `class ${name}` }, onChange);
  });
  const { manifests, separator } = report;
  const names = manifests.map(({ name }) => name);
  const scopes = countScopes(names, separator).slice(0, maxScopes);
  const scopeChips = scopes.map(([value, count]) => chip({ value, count, style: "part" }, onChange));
  search.addEventListener("input", onChange);
  const clear = (): void => {
    search.value = NO_FILTER.query;
    for (const each of [...classChips, ...scopeChips]) each.setAttribute("aria-pressed", "false");
    onChange();
  };
  const reset = element("button", { type: "button", class: "reset" }, "Clear filters");
  reset.addEventListener("click", clear);
  const root = element(
    "search",
    { class: "toolbar", "aria-label": "Filters" },
    element(
      "div",
      { class: "bar" },
      element("label", { for: "search" }, "Search", element("kbd", {}, "/")),
      search,
      element("div", { class: "chips", role: "group", "aria-label": "Class" }, ...classChips),
    ),
    element("div", { class: "chips scopes", role: "group", "aria-label": "Scope" }, ...scopeChips),
    element("div", { class: "found" }, status, reset),
  );
  const filter = (): Filter => ({
    classes: new Set(pressed(classChips) as CauseClass[]),
    scopes: new Set(pressed(scopeChips)),
    separator,
    query: search.value,
  });
  const tell = (text: string): void => {
    status.textContent = text;
    const { classes, scopes, query } = filter();
    reset.hidden = classes.size + scopes.size === 0 && query === "";
  };
  return { root, search, filter, tell, clear };
}

interface ChipText {
  readonly value: string;
  readonly count: number;
  readonly style: string;
}

/** The raw values of chips; what a chip shows may be escaped. */
const VALUES = new WeakMap<HTMLElement, string>();

function chip({ value, count, style }: ChipText, onChange: () => void): HTMLButtonElement {
  const attributes = { type: "button", class: `chip ${style}`, "aria-pressed": "false" };
  const button = element(
    "button",
    attributes,
    value,
    element("span", { class: "number" }, formatNumber(count)),
  );
  VALUES.set(button, value);
  button.addEventListener("click", () => {
    const isPressed = button.getAttribute("aria-pressed") === "true";
    button.setAttribute("aria-pressed", String(!isPressed));
    onChange();
  });
  return button;
}

function pressed(chips: readonly HTMLButtonElement[]): readonly string[] {
  return chips
    .filter((button) => button.getAttribute("aria-pressed") === "true")
    .map((button) => VALUES.get(button) ?? "");
}
