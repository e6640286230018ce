import type { ReportDocument } from "../src/report/json.ts";
import { CLASSES, CLASS_SENTENCES } from "../src/explain/class-words.ts";
import { describeDiffering, formatCount, formatNumber, VERDICT_SENTENCES } from "../src/report/words.ts";
import { element } from "./element.ts";

/** What is compared, the verdict and the counts. */
export function header(report: ReportDocument): HTMLElement {
  const verdict = String(report.verdict);
  return element(
    "header",
    { class: "top" },
    element("p", { class: "brand" }, "imagegate"),
    element("h1", {}, describeDiffering(report, report.verdict)),
    element(
      "p",
      { class: "sides" },
      element("code", {}, report.from),
      element("span", { class: "arrow" }, " → "),
      element("code", {}, report.to),
    ),
    element(
      "p",
      { class: `verdict ${verdict}` },
      VERDICT_SENTENCES[verdict as keyof typeof VERDICT_SENTENCES],
    ),
    ...failures(report.failures),
    counts(report),
    classes(report),
  );
}

function failures(texts: readonly string[]): readonly HTMLElement[] {
  if (texts.length === 0) return [];
  return [
    element(
      "section",
      { class: "failures", "aria-label": "What kept the check from deciding" },
      element("ul", {}, ...texts.map((text) => element("li", {}, text))),
    ),
  ];
}

function counts(report: ReportDocument): HTMLElement {
  const pairs = (["changed", "added", "removed", "unchanged"] as const).map((name) =>
    element("div", { class: name }, element("dt", {}, name), element("dd", {}, formatNumber(report[name]))),
  );
  return element("dl", { class: "counts" }, ...pairs);
}

/** Each class with its causes, its manifests and what it means. */
function classes(report: ReportDocument): HTMLElement {
  const rows = CLASSES.map((name) => {
    const own = report.causes.filter((cause) => cause.class === name);
    const manifests = new Set(own.flatMap((cause) => cause.manifests)).size;
    return element(
      "li",
      { class: own.length === 0 ? "none" : "" },
      element("span", { class: `badge ${name}` }, name),
      element(
        "span",
        { class: "figures" },
        `${formatCount(own.length, "cause")}, ${formatCount(manifests, "manifest")}`,
      ),
      element("span", { class: "meaning" }, CLASS_SENTENCES[name]),
    );
  });
  return element("ul", { class: "classes" }, ...rows);
}
