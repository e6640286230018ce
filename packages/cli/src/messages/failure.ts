import type { DescribedFailure } from "../failure.ts";
import { ACCEPT_TEXTS } from "./acceptance.ts";
import { CLI_TEXTS } from "./cli.ts";
import { COMMIT_TEXTS } from "./commits.ts";
import { CONFIG_TEXTS } from "./config.ts";
import { DOCUMENT_TEXTS } from "./documents.ts";
import { escapeText } from "./escape.ts";
import { describeWith, type Describers, type FailureContext, type FailureText } from "./failure-text.ts";
import { FILE_TEXTS, LOCK_TEXTS, STORE_TEXTS } from "./files.ts";
import { FINGERPRINT_TEXTS } from "./fingerprint.ts";
import { FORGE_TEXTS } from "./forge.ts";
import { GENERATOR_TEXTS } from "./generator.ts";
import { INSPECT_TEXTS } from "./inspect.ts";
import { JSON_TEXTS, MANIFEST_TEXTS, VALUE_TEXTS } from "./json.ts";
import { LOOKUP_TEXTS } from "./lookup.ts";
import { PINS_TEXTS } from "./pins.ts";
import { RECORD_TEXTS } from "./record.ts";
import { PIN_REPORT_TEXTS, REPORT_TEXTS } from "./report.ts";
import { RUN_TEXTS } from "./run.ts";
import { PLAIN, type Colors } from "./style.ts";

// The annotation is the proof that no reason is without a text.
const TEXTS: Describers<DescribedFailure> = {
  ...ACCEPT_TEXTS,
  ...CLI_TEXTS,
  ...COMMIT_TEXTS,
  ...CONFIG_TEXTS,
  ...DOCUMENT_TEXTS,
  ...FILE_TEXTS,
  ...FINGERPRINT_TEXTS,
  ...FORGE_TEXTS,
  ...GENERATOR_TEXTS,
  ...INSPECT_TEXTS,
  ...JSON_TEXTS,
  ...LOCK_TEXTS,
  ...LOOKUP_TEXTS,
  ...MANIFEST_TEXTS,
  ...PIN_REPORT_TEXTS,
  ...PINS_TEXTS,
  ...RECORD_TEXTS,
  ...REPORT_TEXTS,
  ...RUN_TEXTS,
  ...STORE_TEXTS,
  ...VALUE_TEXTS,
};

/** How a failure is told. */
export interface FailureRendering extends Partial<FailureContext> {
  /** What it is about: a family, a file. */
  readonly subject?: string;
  readonly colors?: Colors;
}

/** What a reader needs of a failure, safe to print: what it quotes cannot drive a terminal. */
export function describeFailure(
  failure: DescribedFailure,
  {
    rerun = "npx imagegate check",
    accept = "npx imagegate generate",
    ...needs
  }: Partial<FailureContext> = {},
): FailureText {
  const { what, expected, found, details, next } = describeWith(TEXTS, failure, { rerun, accept, ...needs });
  return {
    what: escapeText(what),
    ...(expected === undefined ? {} : { expected: escapeText(expected) }),
    ...(found === undefined ? {} : { found: escapeText(found) }),
    ...(details === undefined || details.length === 0 ? {} : { details: details.map(escapeText) }),
    next: escapeText(next),
  };
}

/** A failure as lines of text. */
export function renderFailure(
  failure: DescribedFailure,
  { subject, colors = PLAIN, ...context }: FailureRendering = {},
): readonly string[] {
  const { what, expected, found, details = [], next } = describeFailure(failure, context);
  const about = subject === undefined ? "" : `${escapeText(subject)}: `;
  return [
    `${colors.red("error:")} ${colors.bold(`${about}${what}`)}`,
    ...(expected === undefined ? [] : [`  expected: ${expected}`]),
    ...(found === undefined ? [] : [`  found:    ${found}`]),
    ...details.map((line) => `  | ${line}`),
    `  next:     ${next}`,
  ];
}
