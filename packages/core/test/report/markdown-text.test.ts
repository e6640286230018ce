import fc from "fast-check";
import { expect, it } from "vitest";
import { displayText } from "../../src/report/display.ts";
import { byteLength, codeBlock, codeElement, codeSpan, shortenRaw } from "../../src/report/markdown-text.ts";
import { hostileText } from "./hostile-texts.ts";
import { parseMarkdown } from "./markdown-page.ts";

it.each([
  ["a", "`a`"],
  ["a`b", "``a`b``"],
  ["`", "`` ` ``"],
  ["`` ```", "```` `` ``` ````"],
  [" a", "`  a `"],
  ["", "`(blank)`"],
  ["  ", "`(blank)`"],
  ["a\nb", "`a\\u000ab`"],
])("%j is the code span %j", (text, expected) => expect(codeSpan(text)).toBe(expected));

it("gives one code span of exactly the text, whatever it is", () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      const page = parseMarkdown(`see ${codeSpan(text)} there`);
      expect(page.elements).toEqual(["p", "code"]);
      expect(page.prose).toBe("see  there");
      expect(page.code).toEqual([text.trim() === "" ? expect.any(String) : displayText(text)]);
    }),
  );
});

it("gives one code element of exactly the text inside HTML", () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      const page = parseMarkdown(`<details>\n<summary>${codeElement(text)}</summary>\n\n</details>`);
      expect(page.elements).toEqual(["details", "summary", "code"]);
      expect(page.code).toEqual([displayText(text).replaceAll(/[\uFFFE\uFFFF]/g, "\uFFFD")]);
    }),
  );
});

it("gives one code block of exactly the lines, in a list too", () => {
  fc.assert(
    fc.property(fc.array(hostileText.map((text) => `+${text}`)), (lines) => {
      const block = codeBlock("diff", lines);
      const item = ["- x", ...block.map((line) => `  ${line}`), "- y"].join("\n");
      const page = parseMarkdown(item);
      expect(page.elements).toEqual(["ul", "li", "pre", "code", "li"]);
      expect(page.attributes).toEqual(["class=language-diff"]);
      // micromark drops the line ends of code in a tight list.
      expect(page.code.map((text) => text.replaceAll("\n", ""))).toEqual([lines.map(displayText).join("")]);
    }),
  );
});

it("shortens between characters", () => {
  expect(shortenRaw("abc", 3)).toBe("abc");
  expect(shortenRaw("abcd", 3)).toBe("ab…");
  expect(shortenRaw("a🦊bc", 3)).toBe("a…");
});

it("counts bytes, not characters", () => expect(byteLength("a−🦊")).toBe(8));
