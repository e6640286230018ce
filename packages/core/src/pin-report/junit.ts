import { escapeXml } from "../report/xml.ts";
import { PIN_CLASS_WORDS, pinNextStep, standingOf } from "./class-words.ts";
import type { PinReport, PinReportProblem, PinResult } from "./pin-report.ts";
import { describePinPlaces, describePinVerdict, pinFacts } from "./words.ts";

type Outcome = "passed" | "skipped" | "failed" | "broken";

interface Case {
  readonly group: "pin" | "problem" | "verdict";
  readonly name: string;
  readonly outcome: Outcome;
  readonly type: string;
  readonly message: string;
  readonly lines: readonly string[];
}

const OUTCOMES = { passed: "passed", allowed: "skipped", failed: "failed", undecided: "broken" } as const;
const VERDICT_OUTCOMES = { 0: "passed", 1: "failed", 2: "broken" } as const;

/** A report as JUnit XML: the verdict itself, then a case for each problem and each url; what is allowed is skipped. */
export function renderPinJunit(report: PinReport): string {
  const cases = [verdictCase(report), ...report.problems.map(problemCase), ...report.results.map(resultCase)];
  const count = (outcome: Outcome): number => cases.filter((one) => one.outcome === outcome).length;
  const counts = `tests="${cases.length}" failures="${count("failed")}" errors="${count("broken")}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="imagegate pins" ${counts}>`,
    `  <testsuite name="imagegate pins" ${counts} skipped="${count("skipped")}">`,
    ...cases.flatMap(formatCase),
    "  </testsuite>",
    "</testsuites>",
    "",
  ].join("\n");
}

function verdictCase(report: PinReport): Case {
  const message = describePinVerdict(report);
  const outcome = VERDICT_OUTCOMES[report.exitCode];
  return { group: "verdict", name: "verdict", outcome, type: "verdict", message, lines: [] };
}

function problemCase({ reason, message, places }: PinReportProblem): Case {
  const place = describePinPlaces(places);
  return {
    group: "problem",
    name: place === "" ? reason : `${reason} ${place}`,
    outcome: "broken",
    type: reason,
    message,
    lines: [place],
  };
}

function resultCase(result: PinResult): Case {
  const { sentence } = PIN_CLASS_WORDS[result.class];
  return {
    group: "pin",
    name: `${result.name} ${result.url}`,
    outcome: OUTCOMES[standingOf(result)],
    type: result.class,
    message: sentence,
    lines: [...pinFacts(result).map(([word, text]) => `${word}: ${text}`), pinNextStep(result)],
  };
}

const ELEMENTS = { skipped: "skipped", failed: "failure", broken: "error" } as const;

function formatCase({ group, name, outcome, type, message, lines }: Case): readonly string[] {
  const open = `    <testcase classname="imagegate.pins.${group}" name="${escapeXml(name)}"`;
  if (outcome === "passed") return [`${open}/>`];
  const text = [message, ...lines].map(escapeXml).join("\n");
  const attributes = `${outcome === "skipped" ? "" : `type="${escapeXml(type)}" `}message="${escapeXml(message)}"`;
  const element = ELEMENTS[outcome];
  return [`${open}>`, `      <${element} ${attributes}>${text}</${element}>`, "    </testcase>"];
}
