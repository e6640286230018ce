import { createHash } from "node:crypto";
import { displayText } from "./display.ts";
import { reportDocument } from "./json.ts";
import { PAGE_SCRIPT, PAGE_STYLE } from "./page-assets.ts";
import type { Report } from "./report.ts";
import { describeCauses, describeCounts, describeDiffering, describeVerdict } from "./words.ts";
import { escapeXml } from "./xml.ts";

/**
 * A report as one HTML page that stands alone: its policy lets it ask no network and run no script but its own, whose
 * hash it names. The report is data in it, never markup; the page's script shows it as text.
 */
export function renderHtml(report: Report): string {
  const { explanation } = report;
  const title = `imagegate: ${describeDiffering(explanation, report.verdict)}`;
  const summary = [describeVerdict(report), describeCounts(explanation), describeCauses(explanation)];
  return [
    "<!doctype html>",
    '<html lang="en">',
    "<head>",
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${escapeXml(contentSecurityPolicy())}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    '<meta name="referrer" content="no-referrer">',
    `<title>${escapeXml(title)}</title>`,
    `<style>${PAGE_STYLE}</style>`,
    "</head>",
    "<body>",
    `<noscript><h1>${escapeXml(title)}</h1>${summary.map((line) => `<p>${escapeXml(line)}</p>`).join("")}</noscript>`,
    `<script type="application/json" id="report">${embeddedJson(report)}</script>`,
    `<script>${PAGE_SCRIPT}</script>`,
    "</body>",
    "</html>",
    "",
  ].join("\n");
}

/** Nothing may be loaded, sent or run but the two texts below (Content Security Policy Level 3, §2.3.1). */
function contentSecurityPolicy(): string {
  return [
    "default-src 'none'",
    `script-src '${sourceHash(PAGE_SCRIPT)}'`,
    `style-src '${sourceHash(PAGE_STYLE)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

function sourceHash(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}

/** The document as JSON in which no `<` is left to end the element or open a comment; what the page needs not is empty. */
function embeddedJson(report: Report): string {
  const json = JSON.stringify(reportDocument({ ...report, locations: new Map() }));
  return displayText(json).replaceAll("<", String.raw`\u003C`);
}
