import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";
import { parseFragment, type DefaultTreeAdapterTypes } from "parse5";

type Node = DefaultTreeAdapterTypes.ChildNode;

/** What Markdown becomes: its elements, and its text outside and inside code. */
export interface MarkdownPage {
  readonly elements: readonly string[];
  /** Names of attributes with their values. */
  readonly attributes: readonly string[];
  /** All text outside code: the only text in which GitHub looks for mentions, references and links. */
  readonly prose: string;
  /** The text of each code span, code element and code block. */
  readonly code: readonly string[];
}

/** GitHub-flavoured Markdown as a browser would get it, HTML included, nothing sanitised. */
export function parseMarkdown(markdown: string): MarkdownPage {
  const html = micromark(markdown, {
    allowDangerousHtml: true,
    allowDangerousProtocol: true,
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
  });
  const page = { elements: [] as string[], attributes: [] as string[], prose: "", code: [] as string[] };
  const visit = (node: Node): void => {
    if (node.nodeName === "#text" && "value" in node) page.prose += node.value;
    if (node.nodeName === "#comment") page.elements.push("#comment");
    if (!("tagName" in node)) return;
    page.elements.push(node.tagName);
    page.attributes.push(...node.attrs.map(({ name, value }) => `${name}=${value}`));
    if (node.tagName === "code") page.code.push(node.childNodes.map(textOf).join(""));
    else node.childNodes.forEach(visit);
  };
  parseFragment(html).childNodes.forEach(visit);
  return page;
}

function textOf(node: Node): string {
  if ("value" in node) return node.value;
  return "tagName" in node ? `<${node.tagName}>` : "";
}
