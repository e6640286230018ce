import type { Cause, CauseClass } from "../explain/explanation.ts";
import { quietJson } from "./display.ts";
import type { Report, ReportedCommit } from "./report.ts";
import { formatMessage, formatUri } from "./sarif-text.ts";
import { CLASSES, CLASS_SENTENCES } from "../explain/class-words.ts";
import { formatCount } from "./words.ts";

/** The most files that one result points at; consumers show the first. */
const maxLocations = 100;

type RuleId = CauseClass | "unexplained" | "wrong-records" | "undecided";

const RULES: readonly { readonly id: RuleId; readonly sentence: string }[] = [
  ...CLASSES.map((id) => ({ id, sentence: CLASS_SENTENCES[id] })),
  { id: "unexplained", sentence: "Only the digests of what changed are known." },
  { id: "wrong-records", sentence: "A commit's records are not those of its own definitions." },
  { id: "undecided", sentence: "The check could not decide." },
];

/** A report as a log of SARIF 2.1.0: one result a cause, which points at the definition, else the record. */
export function renderSarif(report: Report): string {
  const log = {
    $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "imagegate", rules: RULES.map(formatRule) } },
        invocations: [formatInvocation(report)],
        results: formatResults(report),
        columnKind: "utf16CodeUnits",
      },
    ],
  };
  return `${quietJson(log)}\n`;
}

function formatRule({ id, sentence }: (typeof RULES)[number]): object {
  return { id, shortDescription: { text: sentence } };
}

function formatInvocation({ verdict, failures }: Report): object {
  return {
    executionSuccessful: verdict !== "undecided" && failures.length === 0,
    toolExecutionNotifications: failures.map((failure) => ({
      level: "error",
      message: formatMessage(failure),
    })),
  };
}

function formatResults(report: Report): readonly object[] {
  const { explanation, commits, failures, verdict } = report;
  const undecided = verdict === "undecided" && failures.length === 0 ? [RULES.at(-1)?.sentence ?? ""] : [];
  return [
    ...[...failures, ...undecided].map((text) => ({
      ruleId: "undecided",
      level: "error",
      message: formatMessage(text),
    })),
    ...explanation.causes.map((cause) => formatCause(cause, report)),
    ...explanation.unexplained.map(({ name, because }) => ({
      ruleId: "unexplained",
      level: levelOf("rebuild", report),
      message: formatMessage(`${name}: ${because}`),
      ...formatLocations([name], report),
    })),
    ...commits.filter(({ records }) => records !== "same").map((commit) => formatCommit(commit, report)),
  ];
}

function formatCause(cause: Cause, report: Report): object {
  const count = formatCount(cause.manifests.length, "manifest");
  return {
    ruleId: cause.class,
    level: levelOf(cause.class, report),
    message: formatMessage(`${cause.title}. ${count}: ${cause.scope}`),
    ...formatLocations(cause.manifests, report),
    partialFingerprints: { "imagegateCause/v1": cause.id },
  };
}

function formatCommit({ commit, records, wrong }: ReportedCommit, report: Report): object {
  const found = records === "undecided" ? "could not be checked" : formatCount(wrong.length, "wrong record");
  return {
    ruleId: records === "undecided" ? "undecided" : "wrong-records",
    level: "error",
    message: formatMessage(`${commit}: ${found}`),
    ...formatLocations(wrong, report),
  };
}

/** What a check refuses is an error; what is only told is none. */
function levelOf(name: CauseClass, { verdict }: Report): "error" | "warning" | "note" {
  if (verdict === "differs") return "error";
  return name === "visible-only" ? "note" : "warning";
}

function formatLocations(names: readonly string[], { locations }: Report): { readonly locations?: object[] } {
  const paths = new Set(names.flatMap((name) => locations.get(name) ?? []));
  if (paths.size === 0) return {};
  return {
    locations: Array.from(paths)
      .slice(0, maxLocations)
      .map((path) => ({
        physicalLocation: { artifactLocation: { uri: formatUri(path), uriBaseId: "%SRCROOT%" } },
      })),
  };
}
