import type { ReportFailure } from "@imagegate/engine";
import type { PinReportFailure } from "@imagegate/pins";
import { describeWith, thenRun, type Describers } from "./failure-text.ts";
import { describePlace, JSON_TEXTS } from "./json.ts";
import { formatSize } from "./units.ts";

const REMAKE = "write the report again: npx imagegate explain --format json";

const VERIFY_AGAIN = "write the report again: npx imagegate pins verify --json";

/** Texts that are no report of pins. */
export const PIN_REPORT_TEXTS: Describers<PinReportFailure> = {
  "pin-report-unreadable": ({ cause }, context) => ({
    ...describeWith(JSON_TEXTS, cause, context),
    next: thenRun(VERIFY_AGAIN, context.rerun),
  }),
  "pin-report-invalid": ({ problems }, { rerun }) => ({
    what: "the document is no report of pins of this version of imagegate",
    details: problems.map((problem) => `${describePlace(problem.path)}: ${problem.message}`),
    next: thenRun(VERIFY_AGAIN, rerun),
  }),
};

/** Texts that are no report. */
export const REPORT_TEXTS: Describers<ReportFailure> = {
  "report-too-large": ({ sizeBytes, limitBytes }, { rerun }) => ({
    what: "the report is too large to be read",
    expected: `at most ${formatSize(limitBytes)}`,
    found: formatSize(sizeBytes),
    next: thenRun(REMAKE, rerun),
  }),
  "report-unreadable": ({ cause }, context) => ({
    ...describeWith(JSON_TEXTS, cause, context),
    next: thenRun(REMAKE, context.rerun),
  }),
  "report-invalid": ({ problems }, { rerun }) => ({
    what: "the document is no report of this version of imagegate",
    details: problems.map((problem) => `${describePlace(problem.path)}: ${problem.message}`),
    next: thenRun(REMAKE, rerun),
  }),
};
