import { sha256 } from "../digest/sha256.ts";
import { quietJson } from "../report/display.ts";
import { formatMessage, formatUri } from "../report/sarif-text.ts";
import { PIN_CLASSES, PIN_CLASS_WORDS, standingOf, type PinStanding } from "./class-words.ts";
import type { PinPlace, PinReport, PinReportProblem, PinResult } from "./pin-report.ts";
import { describePinVerdict, pinFacts } from "./words.ts";

/** The most places that one result points at; consumers show the first. */
const maxLocations = 100;

const RULES: readonly { readonly id: string; readonly sentence: string; readonly help: string }[] = [
  ...PIN_CLASSES.filter((name) => name !== "ok").map((id) => ({
    id,
    sentence: PIN_CLASS_WORDS[id].sentence,
    help: PIN_CLASS_WORDS[id].next,
  })),
  { id: "unusable-pin", sentence: "A pin cannot be used as it stands.", help: "Correct the pin." },
  { id: "undecided", sentence: "The verification could not decide.", help: "Run it again." },
];

const LEVELS: Readonly<Record<Exclude<PinStanding, "passed">, "error" | "warning" | "note">> = {
  failed: "error",
  undecided: "warning",
  allowed: "note",
};

/** A report as a log of SARIF 2.1.0: one result for each url that is not well, which points at the lines that pin it. */
export function renderPinSarif(report: PinReport): string {
  const { problems, results, exitCode } = report;
  const log = {
    $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "imagegate pins", rules: RULES.map(formatRule) } },
        invocations: [{ executionSuccessful: exitCode !== 2 }],
        results: [
          ...problems.map(formatProblem),
          ...results.flatMap(formatResult),
          ...(exitCode === 2 ? [undecided(report)] : []),
        ],
        columnKind: "utf16CodeUnits",
      },
    ],
  };
  return `${quietJson(log)}\n`;
}

function formatRule({ id, sentence, help }: (typeof RULES)[number]): object {
  return { id, shortDescription: { text: sentence }, help: { text: help } };
}

/** Where nothing was verified, there is no other result that says so. */
function undecided(report: PinReport): object {
  return { ruleId: "undecided", level: "error", message: formatMessage(describePinVerdict(report)) };
}

function formatProblem({ message, places }: PinReportProblem): object {
  return {
    ruleId: "unusable-pin",
    level: "error",
    message: formatMessage(message),
    ...formatLocations(places),
  };
}

function formatResult(result: PinResult): readonly object[] {
  const standing = standingOf(result);
  if (standing === "passed") return [];
  const { sentence, next } = PIN_CLASS_WORDS[result.class];
  const facts = pinFacts(result)
    .filter(([word]) => word !== "pinned at")
    .map(([word, text]) => `${word} ${text}`);
  return [
    {
      ruleId: result.class,
      level: LEVELS[standing],
      message: formatMessage([`${result.name}: ${sentence} ${result.url}`, ...facts, next].join("; ")),
      ...formatLocations(result.places),
      partialFingerprints: { "imagegatePin/v1": sha256(`${result.class} ${result.url}`).slice(0, 16) },
    },
  ];
}

function formatLocations(places: readonly PinPlace[]): { readonly locations?: readonly object[] } {
  if (places.length === 0) return {};
  return { locations: places.slice(0, maxLocations).map(formatLocation) };
}

function formatLocation({ path, line, pointer }: PinPlace): object {
  return {
    physicalLocation: {
      artifactLocation: { uri: formatUri(path), uriBaseId: "%SRCROOT%" },
      ...(line === null ? {} : { region: { startLine: line } }),
    },
    ...(pointer === null || pointer === ""
      ? {}
      : { logicalLocations: [{ fullyQualifiedName: pointer.toWellFormed(), kind: "element" }] }),
  };
}
