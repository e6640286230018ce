import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MAX_ANNOTATIONS, renderAnnotations } from "../../src/report/annotations.ts";
import { reportOfTexts } from "./arbitrary-report.ts";
import { hostileText, HOSTILE_TEXTS } from "./hostile-texts.ts";
import { changeTexts } from "./report-texts.ts";
import { sampleReport } from "./sample-report.ts";

interface Command {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly message: string;
}

/** A line as the runner of GitHub Actions reads it: properties are split before they are unescaped. */
function parseCommand(line: string): Command {
  const [, name = "", list = "", message = ""] = /^::([a-z]+) (.*?)::(.*)$/s.exec(line) ?? [];
  const pairs = list.split(",").map((pair) => /^(\w+)=(.*)$/s.exec(pair)?.slice(1) ?? ["broken", pair]);
  const properties = pairs.map(([key = "", value = ""]) => [
    key,
    unescape(value).replaceAll("%3A", ":").replaceAll("%2C", ",").replaceAll("%25", "%"),
  ]);
  return {
    name,
    properties: Object.fromEntries(properties) as Record<string, string>,
    message: unescape(message).replaceAll("%25", "%"),
  };
}

function unescape(text: string): string {
  return text.replaceAll("%0D", "\r").replaceAll("%0A", "\n");
}

const report = sampleReport();

it("is one a cause, biggest first, and the last of ten counts the rest", () => {
  const commands = renderAnnotations(report).map(parseCommand);
  expect(commands).toHaveLength(MAX_ANNOTATIONS);
  expect(commands[0]).toEqual({
    name: "error",
    properties: { file: "manifests/centos/centos_10.yaml", title: "1,319 manifests, rebuild" },
    message: "partition size −2,015 sectors, now a multiple of 2,048 (all 1,319 with a GPT table)",
  });
  expect(commands.at(-1)).toEqual({
    name: "error",
    properties: { title: "3 more annotations" },
    message: "1,752 of 2,016 manifests differ; 12 causes: 9 rebuild, 1 id-blind, 2 visible-only",
  });
});

describe("the level", () => {
  it("of what is only told is no error", () => {
    const names = renderAnnotations({ ...report, verdict: null }).map((line) => parseCommand(line).name);
    expect(new Set(names)).toEqual(new Set(["warning", "notice"]));
  });

  it("of what kept a check from deciding is one, and comes first", () => {
    const failed = { ...report, verdict: "undecided", failures: ["50% of a,b: no\nsuch ref"] } as const;
    expect(parseCommand(renderAnnotations(failed)[0] ?? "")).toEqual({
      name: "error",
      properties: { title: "imagegate could not decide" },
      message: "50% of a,b: no\\u000asuch ref",
    });
  });
});

it("counts manifests of which only digests are known", () => {
  const unexplained = [
    { name: "a", because: "no base" },
    { name: "b", because: "no base" },
  ];
  const explanation = { ...report.explanation, causes: [], unexplained };
  expect(renderAnnotations({ ...report, explanation }).map(parseCommand)).toEqual([
    { name: "error", properties: { title: "2 manifests, digests only" }, message: "no base" },
  ]);
});

it("says nothing where nothing differs", () => {
  expect(renderAnnotations({ ...report, explanation: { ...report.explanation, causes: [] } })).toEqual([]);
});

describe("texts", () => {
  it.each(HOSTILE_TEXTS)("add no command, line or property: %j", (hostile) => {
    const lines = renderAnnotations(changeTexts(report, (text) => `${hostile}${text}`));
    expect(lines).toHaveLength(MAX_ANNOTATIONS);
    for (const command of lines.map(parseCommand)) {
      expect(command.name).toBe("error");
      expect(Object.keys(command.properties).filter((key) => key !== "file" && key !== "title")).toEqual([]);
    }
  });

  it("never do, whatever they are", () => {
    fc.assert(
      fc.property(reportOfTexts(hostileText), (report) => {
        const lines = renderAnnotations(report);
        expect(lines.length).toBeLessThanOrEqual(MAX_ANNOTATIONS);
        for (const line of lines) {
          expect(line).toMatch(/^::(?:error|warning|notice) (?:file=[^:,]*,)?title=[^:,]*::/);
          expect(line).not.toMatch(/[\p{Cc}\u2028\u2029]|##[\w-]*\[/u);
        }
      }),
    );
  });
});
