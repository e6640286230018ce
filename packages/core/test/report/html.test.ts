import { createHash } from "node:crypto";
import { parse, type DefaultTreeAdapterTypes } from "parse5";
import fc from "fast-check";
import { expect, it } from "vitest";
import { renderHtml } from "../../src/report/html.ts";
import { reportDocument } from "../../src/report/json.ts";
import { reportOfTexts } from "./arbitrary-report.ts";
import { hostileText, HOSTILE_TEXTS } from "./hostile-texts.ts";
import { changeTexts } from "./report-texts.ts";
import { sampleReport } from "./sample-report.ts";

type Element = DefaultTreeAdapterTypes.Element;
type Parent = DefaultTreeAdapterTypes.ParentNode;

/** All elements of a page, in its order. */
function elementsOf(html: string): readonly Element[] {
  const elements: Element[] = [];
  const visit = (parent: Parent): void => {
    for (const node of parent.childNodes) {
      if (!("tagName" in node)) continue;
      elements.push(node);
      visit(node);
    }
  };
  visit(parse(html));
  return elements;
}

function textOf(element: Element | undefined): string {
  return element?.childNodes.map((node) => ("value" in node ? node.value : "")).join("") ?? "";
}

function attributeOf(element: Element | undefined, name: string): string | undefined {
  return element?.attrs.find((attribute) => attribute.name === name)?.value;
}

function hashOf(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}

const report = sampleReport();
const names = "html head meta meta meta meta meta title style body noscript script script".split(" ");
/** Inside `noscript` a parser that can run scripts sees text, and another one three elements more. */
const namesOf = (html: string): readonly string[] =>
  elementsOf(html)
    .map(({ tagName }) => tagName)
    .filter((name) => name !== "h1" && name !== "p");

it("is these elements and no others, whatever the texts are", () => {
  expect(namesOf(renderHtml(report))).toEqual(names);
  for (const hostile of HOSTILE_TEXTS) {
    const changed = changeTexts(report, (text) => hostile + text);
    expect(namesOf(renderHtml(changed))).toEqual(names);
  }
  fc.assert(
    fc.property(reportOfTexts(hostileText), (report) => {
      expect(namesOf(renderHtml(report))).toEqual(names);
    }),
  );
});

it("carries the report as data that says the same, but for the locations, which it does not show", () => {
  fc.assert(
    fc.property(reportOfTexts(hostileText), (report) => {
      const data = elementsOf(renderHtml(report)).find((element) => attributeOf(element, "id") === "report");
      expect(JSON.parse(textOf(data))).toEqual({ ...reportDocument(report), locations: [] });
    }),
  );
});

it("allows its own script and style by their hashes, and nothing else", () => {
  const elements = elementsOf(renderHtml(report));
  const script = elements.find((element) => element.tagName === "script" && element.attrs.length === 0);
  const style = elements.find(({ tagName }) => tagName === "style");
  const policy = elements.find((element) => attributeOf(element, "http-equiv") === "Content-Security-Policy");
  expect(attributeOf(policy, "content")?.split("; ")).toEqual([
    "default-src 'none'",
    `script-src ${hashOf(textOf(script))}`,
    `style-src ${hashOf(textOf(style))}`,
    "base-uri 'none'",
    "form-action 'none'",
  ]);
});

it("refers to nothing outside itself", () => {
  const references = elementsOf(renderHtml(report)).flatMap(({ attrs }) =>
    attrs.filter(({ name }) => ["src", "href", "srcset", "action"].includes(name)),
  );
  expect(references).toEqual([]);
});

it("tells verdict and counts without its script", () => {
  expect(renderHtml(report)).toContain(
    "<p>The records differ from the manifests.</p><p>1,571 changed, 13 added, 168 removed, 264 unchanged</p>",
  );
});
