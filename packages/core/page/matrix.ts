import type { Cause } from "../src/explain/explanation.ts";
import type { ReportedCommit } from "../src/report/report.ts";
import { formatCount } from "../src/report/words.ts";
import { fragmentOf } from "./cause-card.ts";
import { element, scroller, spoken } from "./element.ts";

/** Which commit introduced which cause, and which commit's records are wrong. */
export function matrix(commits: readonly ReportedCommit[], causes: readonly Cause[]): HTMLElement {
  const heads = causes.map(({ id, title }, index) =>
    element(
      "th",
      { scope: "col" },
      element(
        "a",
        { href: `#${fragmentOf(id)}`, title },
        element("span", { "aria-hidden": "true" }, String(index + 1)),
        spoken(title),
      ),
    ),
  );
  const table = element(
    "table",
    {},
    element(
      "thead",
      {},
      element(
        "tr",
        {},
        element("th", { scope: "col" }, "Commit"),
        element("th", { scope: "col" }, "Records"),
        ...heads,
      ),
    ),
    element("tbody", {}, ...commits.map((commit) => row(commit, causes))),
  );
  return element(
    "section",
    { class: "matrix", "aria-labelledby": "commits" },
    element("h2", { id: "commits" }, "Commits and causes"),
    element(
      "p",
      { class: "note" },
      "Oldest commit first; a column is a cause, numbered as in the list above.",
    ),
    scroller("Commits and causes", table),
  );
}

function row(commit: ReportedCommit, causes: readonly Cause[]): HTMLElement {
  const own = new Set(commit.causes);
  return element(
    "tr",
    {},
    element(
      "th",
      { scope: "row" },
      element("span", { class: "subject" }, commit.subject),
      element("code", {}, commit.commit.slice(0, 12)),
    ),
    element("td", { class: `records ${commit.records}` }, recordsText(commit)),
    ...causes.map(({ id }) =>
      own.has(id)
        ? element(
            "td",
            { class: "mark" },
            element("span", { class: "dot", "aria-hidden": "true" }, "●"),
            spoken("introduced"),
          )
        : element("td", {}),
    ),
  );
}

function recordsText({ records, wrong }: ReportedCommit): string {
  if (records === "same") return "right";
  return records === "undecided" ? "undecided" : formatCount(wrong.length, "wrong", "wrong");
}
