import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { renderPinMarkdown } from "../../src/pin-report/markdown.ts";
import { hostileText } from "../report/hostile-texts.ts";
import { parseMarkdown } from "../report/markdown-page.ts";
import { pinReport, pinReportOfTexts, pinResult, samplePinReport } from "./sample-pin-report.ts";

describe("a report in Markdown", () => {
  it("begins with verdict and counts, then tells each class", () => {
    const lines = renderPinMarkdown(samplePinReport()).split("\n");
    expect(lines[0]).toBe("## Pinned artifacts are not what was reviewed.");
    expect(lines.filter((line) => line.startsWith("### "))).toEqual([
      "### drift (1)",
      "### gone (1)",
      "### expired-allowance (1)",
      "### unreachable (1)",
    ]);
    expect(lines).toContain("- `gone` `https://example.org/disk.img` (allowed)");
    expect(lines).toContain("  - pinned at `a b.json:7 (/x) and 2 more places`");
  });

  it("counts what finds no room, and stays within what GitHub takes", () => {
    const results = Array.from({ length: 2000 }, (_, index) =>
      pinResult({ class: "drift", name: `n${index}`, firstText: "和".repeat(400) }),
    );
    const markdown = renderPinMarkdown(pinReport(results, { exitCode: 1 }));
    expect(Buffer.byteLength(markdown)).toBeLessThanOrEqual(60_000);
    const shown = markdown.match(/^- `n\d+`/gm)?.length ?? 0;
    expect(shown).toBeGreaterThan(20);
    expect(markdown).toContain(`and ${(2000 - shown).toLocaleString("en-US")} more findings`);
  });

  it("keeps every text of others in code", () => {
    const elements = new Set("h2 h3 p strong code li ul".split(" "));
    fc.assert(
      fc.property(pinReportOfTexts(hostileText), (report) => {
        const page = parseMarkdown(renderPinMarkdown(report));
        expect(page.elements.filter((name) => !elements.has(name))).toEqual([]);
        expect(page.attributes).toEqual([]);
      }),
    );
  });
});
