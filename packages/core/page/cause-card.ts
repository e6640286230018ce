import type { Cause, Detail, Example } from "../src/explain/explanation.ts";
import type { ReportedCommit } from "../src/report/report.ts";
import { CLASS_SENTENCES } from "../src/explain/class-words.ts";
import { formatCount, formatNumber } from "../src/report/words.ts";
import { editDiff } from "./edit-diff.ts";
import { element, type Child } from "./element.ts";
import { namedManifests, type Filter } from "./filter.ts";
import { nameList } from "./names.ts";
import { picture } from "./picture.ts";
import { textDiff } from "./text-diff.ts";

/** What a card needs beyond its cause. */
export interface CardContext {
  readonly commits: readonly ReportedCommit[];
  /** How many manifests the biggest cause has. */
  readonly most: number;
  readonly filter: () => Filter;
}

/** A cause and its number in the list, from 1. */
export interface NumberedCause {
  readonly cause: Cause;
  readonly number: number;
}

/** A cause as a card that opens; what is in it is made when it is first opened. */
export interface CauseCard {
  readonly root: HTMLElement;
  readonly button: HTMLButtonElement;
  readonly open: () => void;
  /** Follows a change of the filters. */
  readonly refresh: () => void;
}

/** The fragment under which a cause is linked; its button has it as id, so that a browser focuses that by itself too. */
export function fragmentOf(id: string): string {
  return `cause-${id}`;
}

/** The card of a cause. */
export function causeCard({ cause, number }: NumberedCause, context: CardContext): CauseCard {
  const fragment = fragmentOf(cause.id);
  const { manifests } = cause;
  const names = nameList(() => namedManifests(manifests, context.filter()), manifests.length);
  const body = element("div", { class: "body", id: `body-${fragment}` });
  body.hidden = true;
  const button = element(
    "button",
    { type: "button", class: "head", id: fragment, "aria-expanded": "false", "aria-controls": body.id },
    element("span", { class: "ordinal", "aria-hidden": "true" }, String(number)),
    size(cause, context.most),
    element(
      "span",
      { class: "what" },
      element("span", { class: "title" }, cause.title),
      element("span", { class: "scope" }, cause.scope),
    ),
    element("span", { class: `badge ${cause.class}` }, cause.class),
  );
  const show = (isOpen: boolean): void => {
    if (isOpen && body.childElementCount === 0) body.append(...content(cause, names.root, context.commits));
    body.hidden = !isOpen;
    button.setAttribute("aria-expanded", String(isOpen));
  };
  button.addEventListener("click", () => show(body.hidden !== false));
  const root = element("li", { class: "cause" }, element("h3", {}, button), body);
  return { root, button, open: () => show(true), refresh: names.refresh };
}

/** How many manifests a cause has, as a number and as a length. */
function size({ manifests }: Cause, most: number): HTMLElement {
  const bar = element("span", { class: "share" });
  bar.style.setProperty("--share", String(manifests.length / Math.max(1, most)));
  return element("span", { class: "size" }, formatNumber(manifests.length), bar);
}

function content(
  cause: Cause,
  names: HTMLElement,
  commits: readonly ReportedCommit[],
): readonly HTMLElement[] {
  const { id, details, example } = cause;
  return [
    element(
      "p",
      { class: "about" },
      CLASS_SENTENCES[cause.class],
      " Cause ",
      element("a", { href: `#${fragmentOf(id)}` }, id),
      ...introduced(id, commits),
    ),
    ...(details.length === 0 ? [] : [element("ul", { class: "details" }, ...details.map(detailItem))]),
    names,
    ...(example === null ? [] : exampleSection(example)),
  ];
}

function introduced(id: string, commits: readonly ReportedCommit[]): readonly Child[] {
  const own = commits.filter(({ causes }) => causes.includes(id));
  if (own.length === 0) return [];
  return [", introduced by ", element("q", {}, own.map(({ subject }) => subject).join("; "))];
}

function detailItem({ text, diff, manifests }: Detail): HTMLElement {
  return element(
    "li",
    {},
    element("p", {}, text),
    ...(diff === undefined || diff.length === 0 ? [] : [textDiff(diff)]),
    ...(manifests === undefined ? [] : [nameList(() => manifests, manifests.length).root]),
  );
}

function exampleSection({ manifest, edits, omittedEdits, pipelines }: Example): readonly HTMLElement[] {
  const omitted = formatCount(omittedEdits, "more place");
  return [
    element("h4", {}, "Example ", element("code", {}, manifest)),
    ...(pipelines.length === 0 ? [] : [picture(pipelines)]),
    ...edits.map(editDiff),
    ...(omittedEdits === 0 ? [] : [element("p", { class: "note" }, `${omitted} of this manifest not shown`)]),
  ];
}
