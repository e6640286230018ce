import fc from "fast-check";
import { SaxesParser } from "saxes";
import { expect, it } from "vitest";
import { displayText } from "../../src/report/display.ts";
import { escapeXml } from "../../src/report/xml.ts";
import { hostileText } from "./hostile-texts.ts";

it("reads back as what is shown, as content and as an attribute", () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      const found: string[] = [];
      const parser = new SaxesParser();
      parser.on("error", (error) => {
        throw error;
      });
      parser.on("text", (content) => found.push(content));
      parser.on("opentag", ({ attributes }) => found.push(String(attributes["b"])));
      parser.write(`<a b="${escapeXml(text)}">${escapeXml(text)}</a>`).close();
      const lines = text.split("\n").map((line) => displayText(line).replaceAll(/[\uFFFE\uFFFF]/g, "\uFFFD"));
      expect(found.join("|")).toBe(text === "" ? "" : [lines.join("\n"), lines.join("\n")].join("|"));
    }),
  );
});
