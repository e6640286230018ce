import { displayText } from "../src/report/display.ts";

/** What an element holds: a text is shown as it is, with invisible characters as escapes. */
export type Child = Node | string;

/** Attributes by name; their names are this page's own, never the report's. */
export type Attributes = Readonly<Record<string, string>>;

const SVG = "http://www.w3.org/2000/svg";

/** An HTML element; no text of a report is ever parsed as markup. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes,
  ...children: readonly Child[]
): HTMLElementTagNameMap[Name] {
  return filled(document.createElement(name), attributes, children);
}

/** An SVG element. */
export function shape<Name extends keyof SVGElementTagNameMap>(
  name: Name,
  attributes: Attributes,
  ...children: readonly Child[]
): SVGElementTagNameMap[Name] {
  return filled(document.createElementNS(SVG, name), attributes, children);
}

/** An element that fills itself when it is first opened. */
export function disclosure(summary: string, fill: () => readonly Child[]): HTMLDetailsElement {
  const details = element("details", {}, element("summary", {}, summary));
  const open = (): void => {
    if (!details.open) return;
    details.append(group(fill()));
    details.removeEventListener("toggle", open);
  };
  details.addEventListener("toggle", open);
  return details;
}

/** A box that scrolls sideways, reachable by keyboard. */
export function scroller(label: string, ...children: readonly Child[]): HTMLElement {
  return element(
    "div",
    { class: "scroller", tabindex: "0", role: "region", "aria-label": label },
    ...children,
  );
}

/** Text for those who listen. */
export function spoken(text: string): HTMLElement {
  return element("span", { class: "spoken" }, text);
}

/** Many nodes as one, however many they are. */
export function group(children: readonly Child[]): DocumentFragment {
  const fragment = document.createDocumentFragment();
  for (const child of children) fragment.append(toNode(child));
  return fragment;
}

function filled<Kind extends Element>(
  target: Kind,
  attributes: Attributes,
  children: readonly Child[],
): Kind {
  for (const [name, value] of Object.entries(attributes)) target.setAttribute(name, displayText(value));
  target.append(group(children));
  return target;
}

function toNode(child: Child): Node {
  return typeof child === "string" ? document.createTextNode(displayText(child)) : child;
}
