import type { UnexplainedManifest } from "../src/explain/explanation.ts";
import type { ReportDocument } from "../src/report/json.ts";
import { formatCount, formatNumber } from "../src/report/words.ts";
import { causeCard, fragmentOf, type CauseCard } from "./cause-card.ts";
import { disclosure, element } from "./element.ts";
import { isAskedFor, searchable } from "./filter.ts";
import { header } from "./header.ts";
import { keyHelp, listenToKeys } from "./keyboard.ts";
import { matrix } from "./matrix.ts";
import { toolbar } from "./toolbar.ts";

showReport(JSON.parse(document.getElementById("report")?.textContent ?? "") as ReportDocument);

/** Builds the page of a report, then opens the cause that the address names. */
function showReport(report: ReportDocument): void {
  const { causes, commits, unexplained } = report;
  const most = causes.reduce((most, { manifests }) => Math.max(most, manifests.length), 0);
  const context = { commits, most, filter: () => controls.filter() };
  const cards = causes.map((cause, index) => ({
    ...searchable(cause),
    ...causeCard({ cause, number: index + 1 }, context),
  }));
  const shown = (): readonly (typeof cards)[number][] => cards.filter(({ root }) => !root.hidden);
  const apply = (): void => {
    const filter = controls.filter();
    for (const card of cards) {
      card.root.hidden = !isAskedFor(card, filter);
      card.refresh();
    }
    controls.tell(countShown(shown().length, cards.length));
  };
  const controls = toolbar(report, apply);
  document.body.append(
    header(report),
    element(
      "main",
      {},
      ...(causes.length === 0 ? [] : [controls.root, causeSection(cards)]),
      ...(commits.length === 0 ? [] : [matrix(commits, causes)]),
      ...(unexplained.length === 0 ? [] : [unexplainedSection(unexplained)]),
    ),
    ...(causes.length === 0 ? [] : [element("footer", {}, keyHelp())]),
  );
  apply();
  // A report of one cause is opened to read that.
  if (cards.length === 1) cards[0]?.open();
  listenToKeys(controls, shown);
  const follow = (): void => {
    const card = cards.find(({ cause }) => `#${fragmentOf(cause.id)}` === location.hash);
    if (card !== undefined && card.root.hidden !== false) controls.clear();
    if (card !== undefined) reveal(card);
  };
  addEventListener("hashchange", follow);
  follow();
}

function reveal(card: CauseCard): void {
  card.open();
  card.button.scrollIntoView({ block: "start" });
  card.button.focus({ preventScroll: true });
}

function countShown(shown: number, all: number): string {
  return shown === all ? formatCount(all, "cause") : `${formatNumber(shown)} of ${formatCount(all, "cause")}`;
}

function causeSection(cards: readonly CauseCard[]): HTMLElement {
  return element(
    "section",
    { "aria-labelledby": "causes" },
    element("h2", { id: "causes" }, "Causes, biggest first"),
    element("ol", { class: "causes" }, ...cards.map(({ root }) => root)),
  );
}

function unexplainedSection(manifests: readonly UnexplainedManifest[]): HTMLElement {
  const items = (): readonly HTMLElement[] => [
    element(
      "ul",
      { class: "unexplained" },
      ...manifests.map(({ name, because }) => element("li", {}, element("code", {}, name), ` ${because}`)),
    ),
  ];
  return element(
    "section",
    { "aria-labelledby": "unexplained" },
    element("h2", { id: "unexplained" }, "Digests only"),
    disclosure(`${formatCount(manifests.length, "manifest")} of which only digests are known`, items),
  );
}
