import type { Cause, Detail } from "../explain/explanation.ts";
import type { Report, ReportedCommit } from "./report.ts";
import { CLASS_SENTENCES } from "../explain/class-words.ts";
import { describeCauses, describeCounts, describeDiffering, describeVerdict, formatCount } from "./words.ts";
import { escapeXml } from "./xml.ts";

/** One case of the suite: `failed` and `broken` are the two ways in which JUnit is red. */
interface Case {
  readonly group: "check" | "cause" | "manifest" | "commit";
  readonly name: string;
  readonly outcome: "passed" | "failed" | "broken";
  readonly type: string;
  readonly message: string;
  readonly lines: readonly string[];
}

/**
 * A report as JUnit XML: first the verdict itself, then a case for each cause, manifest without explanation and
 * commit. Causes fail when the check found differences; where nothing was checked they are told and pass.
 */
export function renderJunit(report: Report): string {
  const { explanation, commits } = report;
  const cases = [
    verdictCase(report),
    ...explanation.causes.map((cause) => causeCase(cause, report)),
    ...explanation.unexplained.map(({ name, because }) => ({
      ...told("manifest", name, report),
      type: "unexplained",
      message: because,
    })),
    ...commits.map(commitCase),
  ];
  const count = (outcome: Case["outcome"]): number => cases.filter((one) => one.outcome === outcome).length;
  const counts = `tests="${cases.length}" failures="${count("failed")}" errors="${count("broken")}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="imagegate" ${counts}>`,
    `  <testsuite name="imagegate" ${counts} skipped="0">`,
    ...cases.flatMap(formatCase),
    "  </testsuite>",
    "</testsuites>",
    "",
  ].join("\n");
}

const OUTCOMES = { same: "passed", differs: "failed", undecided: "broken", null: "passed" } as const;

function verdictCase(report: Report): Case {
  const { verdict, failures, explanation, from, to } = report;
  return {
    group: "check",
    name: "verdict",
    outcome: failures.length > 0 ? "broken" : OUTCOMES[`${verdict}`],
    type: String(verdict),
    message: describeVerdict(report),
    lines: [
      `${from} to ${to}: ${describeDiffering(explanation, verdict)}`,
      describeCounts(explanation),
      describeCauses(explanation),
      ...failures,
    ],
  };
}

function told(group: Case["group"], name: string, { verdict }: Report): Case {
  const outcome = verdict === "differs" ? "failed" : "passed";
  return { group, name, outcome, type: "", message: "", lines: [] };
}

function causeCase(cause: Cause, report: Report): Case {
  return {
    ...told("cause", `${cause.title} [${cause.id}]`, report),
    type: cause.class,
    message: `${formatCount(cause.manifests.length, "manifest")}: ${cause.scope}`,
    lines: [CLASS_SENTENCES[cause.class], ...cause.details.flatMap(detailLines), "", ...cause.manifests],
  };
}

function detailLines({ text, diff = [], manifests }: Detail): readonly string[] {
  const among = manifests === undefined ? "" : ` (${formatCount(manifests.length, "manifest")})`;
  return [`${text}${among}`, ...diff.map((line) => `  ${line}`)];
}

const COMMIT_OUTCOMES = { same: "passed", differ: "failed", undecided: "broken" } as const;

function commitCase({ commit, subject, records, wrong }: ReportedCommit): Case {
  return {
    group: "commit",
    name: `${commit} ${subject}`,
    outcome: COMMIT_OUTCOMES[records],
    type: "wrong-records",
    message: records === "undecided" ? "could not be checked" : formatCount(wrong.length, "wrong record"),
    lines: wrong,
  };
}

function formatCase(one: Case): readonly string[] {
  const { group, name, outcome, type, message, lines } = one;
  const open = `    <testcase classname="imagegate.${group}" name="${escapeXml(name)}"`;
  const text = [message, ...lines].map(escapeXml).join("\n");
  if (outcome === "passed") return [`${open}>`, `      <system-out>${text}</system-out>`, "    </testcase>"];
  const element = outcome === "failed" ? "failure" : "error";
  const attributes = `type="${escapeXml(type)}" message="${escapeXml(message)}"`;
  return [`${open}>`, `      <${element} ${attributes}>${text}</${element}>`, "    </testcase>"];
}
