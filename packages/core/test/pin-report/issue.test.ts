import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PIN_CLASSES } from "../../src/pin-report/class-words.ts";
import { pinIssueStateOf, renderPinIssue, renderPinIssueEnd } from "../../src/pin-report/issue.ts";
import { hostileText } from "../report/hostile-texts.ts";
import { parseMarkdown } from "../report/markdown-page.ts";
import { reportOfPins, resultOf } from "./report-of-pins.ts";

describe("the state that a report asks for", () => {
  it.each([
    ["drift", 1, "failing"],
    ["gone", 1, "failing"],
    ["size-mismatch", 1, "failing"],
    ["not-an-artifact", 1, "failing"],
    ["expired-allowance", 1, "failing"],
    ["unreachable", 2, "undecided"],
    ["denied", 2, "undecided"],
    ["truncated", 2, "undecided"],
    ["blocked", 2, "undecided"],
    ["ok", 0, "well"],
  ] as const)("beside what is well, %s makes it %#", (name, exitCode, state) => {
    expect(pinIssueStateOf(reportOfPins(exitCode, resultOf("ok"), resultOf(name)))).toBe(state);
  });

  it("is failing beside what nobody could decide, and open when nothing was asked for", () => {
    expect(pinIssueStateOf(reportOfPins(1, resultOf("unreachable"), resultOf("gone")))).toBe("failing");
    expect(pinIssueStateOf(reportOfPins(2))).toBe("undecided");
  });

  it("is well with what is allowed", () => {
    const allowed = resultOf("gone", { isAllowed: true });
    expect(pinIssueStateOf(reportOfPins(0, resultOf("ok"), allowed))).toBe("well");
  });
});

describe("the issue", () => {
  it("tells what failed, with evidence, and what could not be decided, worst first", () => {
    const results = [resultOf("ok"), resultOf("unreachable"), resultOf("drift")];
    const { prose, code } = parseMarkdown(renderPinIssue(reportOfPins(1, ...results)));
    expect(prose).toMatch(
      /Pinned artifacts are not what was reviewed\. 3 urls: 1 drift, 1 unreachable, 1 ok/,
    );
    expect(prose.indexOf("drift (1)")).toBeLessThan(prose.indexOf("unreachable (1)"));
    expect(code).toEqual(
      expect.arrayContaining([
        "drift.tar.gz",
        `sha256:${"ab".repeat(32)}`,
        `sha256:${"cd".repeat(32)}, 7 bytes`,
        "unreachable.tar.gz",
      ]),
    );
    expect(code).not.toContain("ok.tar.gz");
  });

  it("says the same for the same verdicts, however they were come by", () => {
    const first = reportOfPins(1, resultOf("gone"), resultOf("ok"));
    const second = reportOfPins(1, resultOf("gone", { attempts: 4 }), resultOf("ok"));
    expect(renderPinIssue({ ...second, downloads: 9, downloadedBytes: 99 })).toBe(renderPinIssue(first));
  });

  it("finds room in an issue, whatever there is to say, and counts what does not", () => {
    const results = Array.from({ length: 2_000 }, (_, index) => resultOf("drift", { name: `pin-${index}` }));
    const text = renderPinIssue(reportOfPins(1, ...results));
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(60_000);
    expect(text).toMatch(/and [0-9,]+ more findings/);
  });

  it("mentions nobody and holds no markup but its own, whatever names, urls and bodies say", () => {
    const failing = fc.constantFrom(...PIN_CLASSES.filter((name) => name !== "ok"));
    fc.assert(
      fc.property(failing, fc.tuple(hostileText, hostileText, hostileText), (name, [a, b, c]) => {
        const report = reportOfPins(
          1,
          resultOf(name, { name: a, url: b, firstText: c, cause: a, contentType: c }),
        );
        const page = parseMarkdown(renderPinIssue(report));
        const plain = parseMarkdown(
          renderPinIssue(reportOfPins(1, resultOf(name, { firstText: "x", contentType: "y" }))),
        );
        expect(page.elements.filter((element) => element !== "code" && element !== "li")).toEqual(
          plain.elements.filter((element) => element !== "code" && element !== "li"),
        );
        expect(page.attributes).toEqual([]);
        expect(page.prose).not.toMatch(/[@#]\w|https?:/);
      }),
      { numRuns: 200 },
    );
  });
});

it("the words that close it say what was looked at", () => {
  expect(renderPinIssueEnd(reportOfPins(0, resultOf("ok")))).toBe(
    "Every pinned artifact is what was reviewed. 1 url: 1 ok (1 hashed).\n",
  );
});
