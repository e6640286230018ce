import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { renderMarkdown } from "../../src/report/markdown.ts";
import { reportOfTexts } from "./arbitrary-report.ts";
import { hostileText, HOSTILE_TEXTS } from "./hostile-texts.ts";
import { parseMarkdown, type MarkdownPage } from "./markdown-page.ts";
import { changeTexts } from "./report-texts.ts";
import { sampleReport } from "./sample-report.ts";

const report = sampleReport();
const counts = "1,571 changed, 13 added, 168 removed, 264 unchanged";

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}

describe("the sample in full", () => {
  const markdown = renderMarkdown(report, {
    budgetBytes: 1_000_000,
    link: "https://ci.example.org/runs/1?a=b",
  });
  const { prose, code } = parseMarkdown(markdown);

  it("says verdict, counts and classes before all", () => {
    expect(markdown.split("\n").slice(0, 9)).toEqual([
      "## imagegate: 1,752 of 2,016 manifests differ",
      "",
      `**The records differ from the manifests.** ${counts}, from \`origin/main (3f9a1c2d7b60)\` to \`HEAD (a81d0f44c9e2)\`.`,
      "",
      "| class | causes | manifests | meaning |",
      "| --- | --: | --: | --- |",
      "| rebuild | 9 | 1,608 | The id of an exported pipeline moves: osbuild builds anew. |",
      "| id-blind | 1 | 168 | What gets built can differ, and osbuild's ids do not show it. |",
      "| visible-only | 2 | 228 | Sources, names or metadata: what gets built stays the same. |",
    ]);
  });

  it("tells every cause, biggest first, with scope, details and id", () => {
    const places = report.explanation.causes.map(({ title }) => code.indexOf(title));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    for (const { scope, id, details } of report.explanation.causes) {
      for (const text of [scope, id, ...details.map(({ text }) => text)]) expect(code).toContain(text);
    }
  });

  it("counts the names that it leaves out, and links the whole", () => {
    expect(prose).toMatch(/Left out here: 1,901 names\. The whole report/);
    expect(parseMarkdown(markdown).attributes).toContain("href=https://ci.example.org/runs/1?a=b");
  });

  it("tells the commits", () => expect(prose).toContain("4 causes, 3 wrong records"));
});

describe("the budget", () => {
  it.each([0, 1, 100, 1_000, 1_500, 2_000, 3_000, 5_000, 20_000, 60_000])(
    "of %i bytes holds",
    (budgetBytes) => {
      const markdown = renderMarkdown(report, { budgetBytes, link: "https://ci.example.org" });
      expect(bytesOf(markdown)).toBeLessThanOrEqual(budgetBytes);
      if (budgetBytes >= 1_000) expect(markdown).toContain(counts);
    },
  );

  it("is 60,000 bytes, and is used before something is left out", () => {
    const details = Array.from({ length: 100 }, (_, index) => ({ text: `${index} ${"−".repeat(400)}` }));
    const causes = report.explanation.causes.map((cause) => ({ ...cause, details }));
    const markdown = renderMarkdown({ ...report, explanation: { ...report.explanation, causes } });
    expect(bytesOf(markdown)).toBeLessThanOrEqual(60_000);
    expect(bytesOf(markdown)).toBeGreaterThan(50_000);
    expect(markdown).toMatch(/Left out here: [\d,]+ details/);
  });

  it("gives the biggest causes their details, then all causes a line, then counts", () => {
    const some = parseMarkdown(renderMarkdown(report, { budgetBytes: 6_000 }));
    expect(some.code).toContain("168 others with a GPT table keep it: rhel_9.0");
    for (const { title } of report.explanation.causes) expect(some.code).toContain(title);
    const few = renderMarkdown(report, { budgetBytes: 2_100 });
    expect(few).toContain("partition size");
    expect(few).toMatch(/Left out here: \d+ causes of [\d,]+ manifests/);
  });

  it("is kept and adds up, whatever the texts are", () => {
    fc.assert(
      fc.property(reportOfTexts(hostileText), fc.nat({ max: 5_000 }), (report, budgetBytes) => {
        expect(bytesOf(renderMarkdown(report, { budgetBytes }))).toBeLessThanOrEqual(budgetBytes);
      }),
    );
  });
});

/** All that stands outside code, without figures; the same for every report of this shape. */
function proseOf({ prose }: MarkdownPage): string {
  return prose.replaceAll(/[\d,]+/g, "");
}

describe("texts of a report", () => {
  const elements = new Set(
    "h2 h3 p strong code table thead tbody tr th td details summary b ul li pre".split(" "),
  );

  const prose = proseOf(parseMarkdown(renderMarkdown(report, { budgetBytes: 10_000_000 })));

  it.each(HOSTILE_TEXTS)("stay text: %j", (hostile) => {
    const changed = changeTexts(report, (text) => `${hostile}${text}${hostile}`);
    const page = parseMarkdown(renderMarkdown(changed, { budgetBytes: 10_000_000 }));
    expect(page.elements.filter((name) => !elements.has(name))).toEqual([]);
    expect(
      page.attributes.filter((attribute) => !/^(?:class=language-diff|align=right)$/.test(attribute)),
    ).toEqual([]);
    expect(proseOf(page)).toBe(prose);
  });

  it("stay in code, whatever they are", () => {
    fc.assert(
      fc.property(reportOfTexts(hostileText), (report) => {
        const page = parseMarkdown(renderMarkdown(report, { budgetBytes: 1_000_000 }));
        expect(page.elements.filter((name) => !elements.has(name))).toEqual([]);
        const plain = renderMarkdown(
          changeTexts(report, () => "x"),
          { budgetBytes: 1_000_000 },
        );
        expect(proseOf(page)).toBe(proseOf(parseMarkdown(plain)));
      }),
    );
  });

  it("begin no line, so that neither a log nor a quick action of GitLab obeys them", () => {
    fc.assert(
      fc.property(reportOfTexts(hostileText), (report) => {
        const markdown = renderMarkdown(report, { budgetBytes: 1_000_000 });
        expect(markdown).not.toMatch(/^\s*::|^\/|##[\w-]*\[/m);
      }),
    );
  });

  it("make no link of what is none", () => {
    const { attributes, code } = parseMarkdown(renderMarkdown(report, { link: "javascript:alert(1)" }));
    expect(attributes.filter((attribute) => attribute.startsWith("href"))).toEqual([]);
    expect(code).toContain("javascript:alert(1)");
  });
});

it("tells what kept a check from deciding, and digests without explanation", () => {
  const unexplained = [{ name: "fedora_43-x86_64-qcow2-empty", because: "its base is not in the store" }];
  const { code, prose } = parseMarkdown(
    renderMarkdown({
      ...report,
      verdict: "undecided",
      failures: ["no such ref"],
      explanation: { ...report.explanation, unexplained },
    }),
  );
  expect(prose).toContain("The check could not decide.");
  expect(code).toEqual(expect.arrayContaining(["no such ref", "its base is not in the store"]));
});
