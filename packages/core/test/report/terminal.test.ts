import { stripVTControlCharacters } from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { columnsOf } from "../../src/report/columns.ts";
import { renderTerminalReport } from "../../src/report/terminal.ts";
import { reportOfTexts } from "./arbitrary-report.ts";
import { hostileText } from "./hostile-texts.ts";
import { sampleReport } from "./sample-report.ts";

const report = sampleReport();

describe("the sample at 60 columns", () => {
  const lines = renderTerminalReport(report, { width: 60, color: false });

  it("begins with the verdict and the counts", () => {
    expect(lines.slice(0, 7)).toEqual([
      "The records differ from the manifests.",
      "1,752 of 2,016 manifests differ",
      "        │ from origin/main (3f9a1c2d7b60) to HEAD",
      "        │ (a81d0f44c9e2)",
      "1,571 changed, 13 added, 168 removed, 264 unchanged",
      "12 causes: 9 rebuild, 1 id-blind, 2 visible-only",
      "",
    ]);
  });

  it("tells a cause with its diff", () => {
    const start = lines.findIndex((line) => line.includes("INSTALL.md: 3 lines"));
    expect(lines.slice(start, start + 8)).toEqual([
      "     36   file /usr/share/doc/INSTALL.md: 3 lines",
      "        │ rebuild  cause 22d5471d983c27d3",
      "        │ every wsl of fedora 43–45",
      "        │ os › org.osbuild.copy: the content of",
      "        │ /usr/share/doc/INSTALL.md",
      "        │ @@ -1,6 +1,7 @@",
      "        │  # Installing",
      "        │  ",
    ]);
  });

  it("tells which commit's records are wrong", () => {
    const start = lines.findIndex((line) => line === "5 commits");
    expect(lines.slice(start).join("\n")).toContain("3 wrong records");
    expect(lines.slice(start).join("\n")).toContain("records same");
  });
});

it("cuts long diffs and lists, and counts the rest", () => {
  const [cause] = report.explanation.causes;
  if (cause === undefined) throw new Error("the sample has causes");
  const diff = Array.from({ length: 50 }, (_, index) => `+${index}`);
  const unexplained = Array.from({ length: 30 }, (_, index) => ({ name: `n${index}`, because: "no base" }));
  const explanation = {
    ...report.explanation,
    causes: [{ ...cause, details: [{ text: "file", diff }] }],
    unexplained,
  };
  const text = renderTerminalReport({ ...report, explanation }, { width: 80, color: false }).join("\n");
  expect(text).toContain("+19\n        │ … 30 more lines");
  expect(text).toContain("30 manifests: digests only");
  expect(text).toContain("… 10 more manifests");
});

it("puts what kept a check from deciding first", () => {
  const failed = { ...report, verdict: "undecided", failures: ["the base is not there"] } as const;
  const [first, second] = renderTerminalReport(failed, { width: 80, color: false });
  expect([first, second]).toEqual(["The check could not decide.", "        │ the base is not there"]);
});

it("colours without changing a word", () => {
  const plain = renderTerminalReport(report, { width: 100, color: false });
  const coloured = renderTerminalReport(report, { width: 100, color: true });
  expect(coloured.map(stripVTControlCharacters)).toEqual(plain);
  expect(coloured.join("")).toContain("\u001B[31mrebuild\u001B[39m");
});

it("fits its width and drives neither terminal nor log, whatever the texts are", () => {
  fc.assert(
    fc.property(reportOfTexts(hostileText), fc.integer({ min: 50, max: 200 }), (report, width) => {
      for (const line of renderTerminalReport(report, { width, color: false })) {
        expect(columnsOf(line)).toBeLessThanOrEqual(width);
        expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|^\s*::|##[\w-]*\[/u);
      }
      for (const line of renderTerminalReport(report, { width, color: true })) {
        // oxlint-disable-next-line no-control-regex
        expect(line.replaceAll(/\u001B\[\d{1,2}m/g, "")).not.toMatch(/\p{Cc}/u);
      }
    }),
  );
});
