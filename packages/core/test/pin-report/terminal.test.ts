import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { renderPinTerminal } from "../../src/pin-report/terminal.ts";
import { hostileText } from "../report/hostile-texts.ts";
import { pinReport, pinReportOfTexts, pinResult, samplePinReport } from "./sample-pin-report.ts";

const plain = { width: 100, color: false };

describe("a report in a terminal", () => {
  const lines = renderPinTerminal(samplePinReport(), plain);

  it("tells what is not well, worst first, each class with its next step", () => {
    const heads = lines.filter((line) => /^[a-z-]+ {2}\d/.test(line)).map((line) => line.split("  ")[0]);
    expect(heads).toEqual(["drift", "gone", "expired-allowance", "unreachable"]);
    expect(lines.filter((line) => line.startsWith("  next  "))).toHaveLength(4);
  });

  it("shows the evidence of a result below its name and url", () => {
    const at = lines.indexOf("  drifted  https://example.org/disk.img");
    expect(lines.slice(at + 1, at + 9)).toEqual([
      `    expected   sha256:${"a".repeat(64)}, 5 bytes`,
      `    got        sha256:${"b".repeat(64)}, 5 bytes,`,
      "             │ application/octet-stream, HTTP status 200",
      '    begins     "hello"',
      "    led to     https://cdn.example.org/x",
      "    cause      digest (1 attempt)",
      "    pinned at  a b.json:7 (/x) and 2 more places",
      "  next  Do not use them before the publisher explains the change; then pin the new digest where the",
    ]);
  });

  it("ends with notes, figures and the verdict", () => {
    expect(
      lines.slice(
        lines.indexOf("note: the allowance of healed is not needed any more: a.pins.json:3 (/pins/0)") - 1,
      ),
    ).toEqual([
      "note: 5 org.osbuild.ostree left unverified, as configured: m.json:9 (/sources) and 1 more document",
      "note: the allowance of healed is not needed any more: a.pins.json:3 (/pins/0)",
      "6 urls: 1 drift, 1 gone, 1 expired-allowance, 1 unreachable, 2 ok (2 hashed, 3 not read, 1 attested,",
      "not re-hashed)",
      "6 downloads, 5 bytes; 1 url of 6 through a proxy, so that only literal private addresses could be",
      "refused",
      "Pinned artifacts are not what was reviewed.",
    ]);
  });

  it("aligns the urls of a class", () => {
    const results = ["a", "和和", "long-name"].map((name) =>
      pinResult({ name, class: "gone", isAllowed: false }),
    );
    const rows = renderPinTerminal(pinReport(results), plain).filter((line) => line.includes("https://"));
    expect(rows).toEqual([
      "  a          https://example.org/disk.img",
      "  和和       https://example.org/disk.img",
      "  long-name  https://example.org/disk.img",
    ]);
  });

  it("shows a part of a long class, and says so", () => {
    const results = Array.from({ length: 70 }, () => pinResult({ class: "gone" }));
    const shown = renderPinTerminal(pinReport(results), plain);
    expect(shown.filter((line) => line.includes("https://"))).toHaveLength(50);
    expect(shown).toContain("  … 20 more urls: the JSON has them all");
  });

  it("does not call all well what is only allowed, nor nothing verified", () => {
    const allowed = pinReport([pinResult(), pinResult({ class: "gone", isAllowed: true })]);
    expect(renderPinTerminal(allowed, plain).at(-1)).toContain("but for what is allowed for a time");
    expect(renderPinTerminal(pinReport([], { exitCode: 2 }), plain)).toContain("nothing was verified");
  });
});

it("drives neither terminal nor log, whatever the texts are", () => {
  fc.assert(
    fc.property(pinReportOfTexts(hostileText), fc.integer({ min: 50, max: 200 }), (report, width) => {
      for (const line of renderPinTerminal(report, { width, color: false })) {
        expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|^\s*::|##[\w-]*\[/u);
      }
      for (const line of renderPinTerminal(report, { width, color: true })) {
        // oxlint-disable-next-line no-control-regex
        expect(line.replaceAll(/\u001B\[\d{1,2}m/g, "")).not.toMatch(/\p{Cc}/u);
      }
    }),
  );
});
