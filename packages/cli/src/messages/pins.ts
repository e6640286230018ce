import { describePinPlace } from "@imagegate/core";
import type { ListingFailure } from "@imagegate/host";
import type { PinsFailure, TextFailure, UnsupportedReason } from "@imagegate/pins";
import { formatCommand } from "./escape.ts";
import { describeWith, thenRun, type Describers } from "./failure-text.ts";
import { FILE_TEXTS } from "./files.ts";
import { JSON_TEXTS } from "./json.ts";
import { describeOutcome, outcomeDetails } from "./outcome.ts";
import { PIN_UPDATE_TEXTS } from "./pin-update.ts";
import { formatCount, formatNames } from "./units.ts";

type Own = Exclude<PinsFailure, ListingFailure>;

const SCHEMA_HINT = "npx imagegate schema pins prints what a pins file may hold";

const MAX_FOUND = 300;

const URL_PROBLEMS = {
  "not-a-url": "a whole url, https://HOST/PATH",
  "not-https":
    "https, so that nobody on the way can put other bytes there (tests: http to loopback only, with --allow-loopback-http)",
  credentials: "a url without user and password: a pins file is no place for secrets",
} as const;

const FIELD_PROBLEMS = {
  invalid: "is not what a pins file holds there",
  missing: "is missing",
  "unknown-key": "is a key that nobody knows",
} as const;

const UNSUPPORTED: Readonly<Record<UnsupportedReason, string>> = {
  "no-file": "it fetches no files that a url and a digest of their bytes could name",
  "mirror-list": "which server its files come from is only decided when they are downloaded",
  encoding: "only base64 can be decoded here",
  unknown: "nobody here knows what it fetches",
};

/** Texts that are no document of their format. */
const TEXT_TEXTS: Describers<TextFailure> = {
  ...JSON_TEXTS,
  "document-syntax": ({ format, line, column, message }, { rerun }) => ({
    what: `the text is not ${format.toUpperCase()} at line ${line}, column ${column}: ${message}`,
    next: thenRun("correct the document", rerun),
  }),
  "text-not-utf8": (_, { rerun }) => ({
    what: "the text is not UTF-8",
    next: thenRun("convert the file to UTF-8", rerun),
  }),
};

const CAUSES = { ...FILE_TEXTS, ...TEXT_TEXTS };

/** Pins that cannot be used, and documents of which nobody can say what they pin. */
export const PINS_TEXTS: Describers<Own> = {
  ...PIN_UPDATE_TEXTS,
  "pin-url-missing": ({ place }, { rerun }) => ({
    what: `${describePinPlace(place)} pins nothing: it has no url`,
    expected: "a url that is a text",
    found: "nothing",
    next: thenRun("give it a url", rerun),
  }),
  "pin-url-invalid": ({ place, problem, found }, { rerun }) => ({
    what: `${describePinPlace(place)} has a url that cannot be pinned`,
    expected: URL_PROBLEMS[problem],
    found: shorten(found),
    next: thenRun("correct the url", rerun),
  }),
  "pin-digest-missing": ({ place, url }, { rerun }) => ({
    what: `${describePinPlace(place)} has no digest${url === null ? "" : `: ${url}`}`,
    expected: "a sha256, a sha512, or where nothing else is published a sha1",
    found: "nothing",
    next: thenRun("add the digest that was reviewed", rerun),
  }),
  "pin-digest-invalid": ({ place, expected, found }, { rerun }) => ({
    what: `${describePinPlace(place)} has no usable digest`,
    expected,
    found: describeDigestText(found),
    next: thenRun("copy the whole digest that was reviewed", rerun),
  }),
  "pin-field-invalid": ({ place, printedAt, problem, expected, found }, { rerun }) => ({
    what: `${printedAt === null ? "" : `${printedAt} of what is printed by `}${describePinPlace(place)} ${FIELD_PROBLEMS[problem]}`,
    expected,
    found: shorten(found),
    next: thenRun(`correct it (${SCHEMA_HINT})`, rerun),
  }),
  "pin-name-twice": ({ name, places }, { rerun }) => ({
    what: `${JSON.stringify(name)} names different artifacts`,
    expected: "a name of its own for every pin of a file",
    found: formatNames(places.map(describePinPlace)),
    next: thenRun("rename one of them", rerun),
  }),
  "pin-conflict": ({ of, url, claims }, { rerun }) => ({
    what: `${url} is pinned in two ways: its ${of} cannot be both`,
    expected: `one ${of} for one url`,
    details: claims.map(({ value, place }) => `${value} says ${describePinPlace(place)}`),
    next: thenRun("find out which one was reviewed and correct the other", rerun),
  }),
  "pins-document-unreadable": ({ path, cause }, context) => {
    const { what, ...rest } = describeWith(CAUSES, cause, context);
    return {
      ...rest,
      what: `${path} cannot be read: ${what}`,
      next: thenRun(
        cause.reason === "not-a-file"
          ? "name files, or none for all pins files of the workspace"
          : `correct ${path}`,
        context.rerun,
      ),
    };
  },
  "pins-document-unknown": ({ path }, { rerun }) => ({
    what: `nobody says how pins are read from ${path}`,
    expected:
      "a pins file, an osbuild manifest, or a document that a source of a *.pins.json in this workspace includes",
    next: thenRun(`add a source of kind documents to a *.pins.json (${SCHEMA_HINT})`, rerun),
  }),
  "pins-format-unknown": ({ path, known }, { rerun }) => ({
    what: `the name of ${path} does not tell its format`,
    expected: `"format" in its source: one of ${known.join(", ")}`,
    next: thenRun("add it", rerun),
  }),
  "pins-document-shape": ({ place, expected, found }, { rerun }) => ({
    what: `${describePinPlace(place)} is not what pins are read from`,
    expected,
    found: shorten(found),
    next: thenRun("correct the document, or the pattern that leads there", rerun),
  }),
  "pins-source-unsupported": ({ place, type, because }, { rerun }) => ({
    what: `${type} at ${describePinPlace(place)} cannot be verified: ${UNSUPPORTED[because]}`,
    expected: "org.osbuild.curl, org.osbuild.librepo with base urls, or org.osbuild.inline in base64",
    next: thenRun(
      `leave it unverified knowingly: list "${type}" under "unverified" of an osbuild source in a *.pins.json`,
      rerun,
    ),
  }),
  "pins-no-match": ({ place, include }, { rerun }) => ({
    what: `the source at ${describePinPlace(place)} finds no file`,
    expected: formatNames(include),
    found: "no file of that name",
    next: thenRun(
      "correct its globs, or make what they look for: npx imagegate generate makes manifests",
      rerun,
    ),
  }),
  "pins-pattern-empty": ({ path, pattern }, { rerun }) => ({
    what: `the pattern ${JSON.stringify(pattern)} finds no entry in ${path}`,
    expected: "at least one: a document without pins would pass unseen",
    found: "none",
    next: thenRun('correct the pattern, or list the file under "exclude"', rerun),
  }),
  "pins-program-failed": ({ place, argv, outcome }, { rerun }) => ({
    what: `the program at ${describePinPlace(place)} failed: ${formatCommand(argv)}`,
    expected: "exit code 0",
    found: describeOutcome(outcome),
    details: outcomeDetails(outcome),
    next: thenRun("correct the program", rerun),
  }),
  "pins-program-output": ({ place, argv, cause }, context) => {
    const { what, ...rest } = describeWith(TEXT_TEXTS, cause, context);
    return {
      ...rest,
      what: `what the program at ${describePinPlace(place)} prints is no document: ${what}`,
      details: [formatCommand(argv)],
      next: thenRun('make it print {"pins":[…]} and nothing else', context.rerun),
    };
  },
  "pins-none": ({ files }, { rerun }) => ({
    what: `there is no pin at all${files.length === 0 ? "" : ` in ${formatNames(files)}`}`,
    expected: "at least one: what checks nothing must not pass",
    next: thenRun(`add pins (${SCHEMA_HINT})`, rerun),
  }),
  "pins-cancelled": (_, { rerun }) => ({
    what: "cancelled while pins were read; nothing was asked for, and nothing was written",
    next: rerun,
  }),
  "pins-file-none": ({ root }, { rerun }) => ({
    what: `there is no *.pins.json in ${root} or below it, and no file was named`,
    expected: "a pins file, or the name of a file that pins",
    next: thenRun(`create one (${SCHEMA_HINT}) or name a file`, rerun),
  }),
};

/** A digest that is none, and how long what stands for its digits is. */
function describeDigestText(text: string): string {
  const { length } = text.replace(/^[a-z0-9]+:/i, "");
  return text === "" ? "an empty text" : `${shorten(text)} (${formatCount(length, "character")})`;
}

/** What a stranger's document has in a field may be of any length; the beginning tells which it is. */
function shorten(text: string): string {
  return text.length <= MAX_FOUND ? text : `${text.slice(0, MAX_FOUND)}…`;
}
