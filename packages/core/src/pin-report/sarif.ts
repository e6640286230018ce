import { sha256 } from "../digest/sha256.ts";
import { quietJson } from "../report/display.ts";
import { formatMessage, formatUri } from "../report/sarif-text.ts";
import { PIN_CLASSES, PIN_CLASS_WORDS, pinNextStep, standingOf, type PinStanding } from "./class-words.ts";
import type { PinPlace, PinReport, PinReportProblem, PinResult } from "./pin-report.ts";
import { describePinPlaces, describePinVerdict, pinFacts } from "./words.ts";

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

interface Finding {
  readonly ruleId: string;
  readonly level: "error" | "warning" | "note";
  readonly text: string;
  readonly places: readonly PinPlace[];
  readonly fingerprint: string | null;
}

/**
 * A report as a log of SARIF 2.1.0: one result for each url that is not well, which points at the lines that pin it. What
 * is pinned only outside of the workspace is a notification: code scanning takes no log with a result that has no place in
 * the repository.
 */
export function renderPinSarif(report: PinReport): string {
  const { exitCode } = report;
  const findings = findingsOf(report);
  const log = {
    $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "imagegate pins", rules: RULES.map(formatRule) } },
        invocations: [formatInvocation(exitCode, findings.filter(isOutside))],
        results: findings.filter((finding) => !isOutside(finding)).map(formatFinding),
        columnKind: "utf16CodeUnits",
      },
    ],
  };
  return `${quietJson(log)}\n`;
}

function formatRule({ id, sentence, help }: (typeof RULES)[number]): object {
  return { id, shortDescription: { text: sentence }, help: { text: help } };
}

function findingsOf(report: PinReport): readonly Finding[] {
  const found = [...report.problems.map(problemFinding), ...report.results.flatMap(resultFinding)];
  return report.exitCode === 2 ? [...found, undecided(report, found)] : found;
}

/** Where nothing was verified, there is no other result that says so; it points at the first place that is known. */
function undecided(report: PinReport, found: readonly Finding[]): Finding {
  const place = found.flatMap(({ places }) => places).find(isInside);
  const places = place === undefined ? [] : [place];
  return { ruleId: "undecided", level: "error", text: describePinVerdict(report), places, fingerprint: null };
}

function problemFinding({ message, places }: PinReportProblem): Finding {
  return { ruleId: "unusable-pin", level: "error", text: message, places, fingerprint: null };
}

function resultFinding(result: PinResult): readonly Finding[] {
  const standing = standingOf(result);
  if (standing === "passed") return [];
  const facts = pinFacts(result)
    .filter(([word]) => word !== "pinned at")
    .map(([word, text]) => `${word} ${text}`);
  const { sentence } = PIN_CLASS_WORDS[result.class];
  return [
    {
      ruleId: result.class,
      level: LEVELS[standing],
      text: [`${result.name}: ${sentence} ${result.url}`, ...facts, pinNextStep(result)].join("; "),
      places: result.places,
      fingerprint: sha256(`${result.class} ${result.url}`).slice(0, 16),
    },
  ];
}

function formatFinding({ ruleId, level, text, places, fingerprint }: Finding): object {
  const inside = places.filter(isInside).slice(0, maxLocations);
  return {
    ruleId,
    level,
    message: formatMessage(withOutside(text, places)),
    ...(inside.length === 0 ? {} : { locations: inside.map(formatLocation) }),
    ...(fingerprint === null ? {} : { partialFingerprints: { "imagegatePin/v1": fingerprint } }),
  };
}

function formatInvocation(exitCode: PinReport["exitCode"], outside: readonly Finding[]): object {
  const notifications = outside.map(({ ruleId, level, text, places }) => ({
    level,
    message: formatMessage(withOutside(text, places)),
    associatedRule: { id: ruleId },
  }));
  return {
    executionSuccessful: exitCode !== 2,
    ...(notifications.length === 0 ? {} : { toolExecutionNotifications: notifications }),
  };
}

/** Whether a finding has places, and none of them in the workspace. */
function isOutside({ places }: Finding): boolean {
  return places.length > 0 && !places.some(isInside);
}

/** Whether a place is in the workspace, so that a path below its root leads there. */
function isInside({ path }: PinPlace): boolean {
  return path !== "" && !/^(?:\.\.(?:\/|$)|\/)/.test(path);
}

/** A text with the places that no location can say. */
function withOutside(text: string, places: readonly PinPlace[]): string {
  const outside = places.filter((place) => !isInside(place));
  return outside.length === 0 ? text : `${text}; pinned at ${describePinPlaces(outside)}`;
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
