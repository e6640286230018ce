import type { RecordFailure } from "@imagegate/core";
import type { UnreadableRecord } from "@imagegate/engine";
import { type Describers, type FailureContext, type FailureText } from "./failure-text.ts";

type Line = Extract<RecordFailure, { readonly line: number }>;

/** Files among the records that are not records; all of them are accepted, that is rewritten, by `generate`. */
export const RECORD_TEXTS: Describers<RecordFailure | UnreadableRecord> = {
  "conflict-marker": (failure, context) => ({
    ...inLine("the record holds an unresolved merge conflict", failure, context),
    next: `record the manifests of the merged definitions: ${context.accept}`,
  }),
  "carriage-return": (failure, context) =>
    inLine("the record has Windows line ends", failure, context, "line feeds only (records are text eol=lf)"),
  truncated: (failure, context) =>
    inLine("the record is cut off", failure, context, "a line feed at the end of the last line"),
  "blank-line": (failure, context) => inLine("the record has an empty line", failure, context),
  "unknown-line": (failure, context) =>
    inLine(
      "the record has a line that is none of a record",
      failure,
      context,
      "manifest, sources or pipeline NAME",
    ),
  "bad-digest": (failure, context) =>
    inLine(
      "the record has a digest that is none",
      failure,
      context,
      "lower-case hexadecimal digits, all of them",
    ),
  "bad-pipeline-name": (failure, context) =>
    inLine("the record has a pipeline name that is misspelt", failure, context, "the name, or a JSON string"),
  "duplicate-line": (failure, context) => inLine("the record has a line twice", failure, context),
  "out-of-order": (failure, context) =>
    inLine(
      "the record has its lines in another order",
      failure,
      context,
      "manifest, sources, then pipelines",
    ),
  empty: (_, context) => ofFile("the record is empty", context),
  "not-utf8": (_, context) => ofFile("the record is not UTF-8", context),
  "byte-order-mark": (_, context) => ofFile("the record begins with a byte order mark", context),
  "missing-manifest-line": (_, context) => ofFile("the record has no manifest line", context),
  "record-stranger": (_, { accept }) => ({
    what: "this is no record",
    expected: "records and nothing else in a record folder",
    next: `move it elsewhere, then run: ${accept}`,
  }),
  "record-not-read": ({ code }, { accept }) => ({
    what: "the record cannot be read",
    found: code,
    next: `make it readable or remove it, then run: ${accept}`,
  }),
};

function inLine(what: string, { line, text }: Line, context: FailureContext, expected?: string): FailureText {
  const shown = text.length > 120 ? `${text.slice(0, 119)}…` : text;
  return {
    ...ofFile(what, context),
    ...(expected === undefined ? {} : { expected }),
    found: `line ${line}: ${JSON.stringify(shown)}`,
  };
}

function ofFile(what: string, { accept }: FailureContext): FailureText {
  return { what, next: `write it anew: ${accept}` };
}
