import { displayText } from "./display.ts";

/** What cannot stand in an XML 1.0 text even as a reference (§2.2), beyond what `displayText` replaces. */
const FORBIDDEN = /[\uFFFE\uFFFF]/g;

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Raw text, of one line or many, as the content of an element or the value of an attribute. */
export function escapeXml(text: string): string {
  return text
    .split("\n")
    .map((line) =>
      displayText(line)
        .replace(FORBIDDEN, "\uFFFD")
        .replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? ""),
    )
    .join("&#10;");
}
