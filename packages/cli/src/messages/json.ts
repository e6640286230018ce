import {
  formatPointer,
  type JsonFailure,
  type JsonPath,
  type ManifestFailure,
  type TextPosition,
  type ValueFailure,
} from "@imagegate/core";
import { thenRun, type Describers, type FailureContext } from "./failure-text.ts";

/** A place in a document, as a JSON Pointer. */
export function describePlace(path: JsonPath): string {
  return path.length === 0 ? "the top of the document" : formatPointer(path);
}

function describePosition({ line, column }: TextPosition): string {
  return `line ${line}, column ${column}`;
}

function correct({ rerun }: FailureContext): string {
  return thenRun("correct the manifest", rerun);
}

/** Texts that are no JSON document. */
export const JSON_TEXTS: Describers<JsonFailure> = {
  "json-empty": (_, context) => ({
    what: "the text is empty",
    expected: "one JSON document",
    next: correct(context),
  }),
  "json-byte-order-mark": (_, { rerun }) => ({
    what: "the text begins with a byte order mark",
    expected: "UTF-8 without one",
    next: thenRun("save the file without it", rerun),
  }),
  "json-not-utf8": ({ at }, { rerun }) => ({
    what: `the text is not UTF-8 at ${describePosition(at)} (byte ${at.offset})`,
    expected: "UTF-8",
    next: thenRun("convert the file to UTF-8", rerun),
  }),
  "json-syntax": ({ at, path, expected, found }, context) => ({
    what: `the text is not JSON at ${describePosition(at)}, inside ${describePlace(path)}`,
    expected,
    found: found === null ? "the end of the text" : JSON.stringify(found),
    next: correct(context),
  }),
  "json-duplicate-key": ({ at, path, key }, { rerun }) => ({
    what: `the key ${JSON.stringify(key)} stands twice in one object at ${describePosition(at)}, inside ${describePlace(path)}`,
    expected: "every key once, since readers disagree about which one counts",
    next: thenRun("remove one of them", rerun),
  }),
  "json-lone-surrogate": ({ at, path }, context) => ({
    what: `half of a surrogate pair stands at ${describePosition(at)}, inside ${describePlace(path)}`,
    expected: "whole Unicode characters",
    next: correct(context),
  }),
  "json-too-deep": ({ at, path, limit }, context) => ({
    what: `arrays and objects stand too deep inside one another at ${describePosition(at)}`,
    expected: `at most ${limit} levels`,
    found: `${path.length} levels and one more`,
    next: correct(context),
  }),
};

/** Documents that osbuild would not load. */
export const MANIFEST_TEXTS: Describers<ManifestFailure> = {
  "manifest-version-unsupported": ({ version }, { rerun }) => ({
    what: "the document is no osbuild manifest of format version 2",
    expected: '"version": "2"',
    found: `version ${version}`,
    next: thenRun('to gate any JSON document, set "manifest": "json" (or --manifest json)', rerun),
  }),
  "manifest-malformed": ({ path, expected, found }, context) => ({
    what: `the manifest is malformed at ${describePlace(path)}`,
    expected,
    found: found ?? "nothing",
    next: correct(context),
  }),
  "manifest-unknown-pipeline": ({ path, reference }, context) => ({
    what: `${describePlace(path)} refers to a pipeline that does not come before it`,
    expected: "the name of an earlier pipeline",
    found: JSON.stringify(reference),
    next: correct(context),
  }),
  "manifest-unknown-source": ({ path, reference }, context) => ({
    what: `${describePlace(path)} refers to what no source has`,
    expected: "an item of the sources section",
    found: JSON.stringify(reference),
    next: correct(context),
  }),
  "manifest-unknown-device": ({ path, device }, context) => ({
    what: `${describePlace(path)} refers to a device that the stage does not have`,
    expected: "the name of one of its devices",
    found: JSON.stringify(device),
    next: correct(context),
  }),
  "manifest-device-cycle": ({ path }, context) => ({
    what: `the devices at ${describePlace(path)} are each other's parents`,
    expected: "a tree of devices",
    next: correct(context),
  }),
  "manifest-duplicate-name": ({ path, name }, context) => ({
    what: `the name ${JSON.stringify(name)} at ${describePlace(path)} is taken`,
    expected: "a name of its own",
    next: correct(context),
  }),
  "manifest-unsortable-references": ({ path }, context) => ({
    what: `the references at ${describePlace(path)} lead to pipelines with and without stages`,
    expected: "pipelines of one sort: osbuild cannot sort the ids of both",
    next: correct(context),
  }),
};

/** Values of a definition that JSON cannot hold. */
export const VALUE_TEXTS: Describers<ValueFailure> = {
  "value-not-json": ({ path, found }, { rerun }) => ({
    what: `the manifest holds at ${describePlace(path)} what JSON cannot`,
    expected: "null, a boolean, a finite number, a string, a list or a plain object",
    found: VALUES[found],
    next: thenRun("correct the definition", rerun),
  }),
};

const VALUES: Readonly<Record<ValueFailure["found"], string>> = {
  undefined: "undefined",
  function: "a function",
  symbol: "a symbol",
  bigint: "a BigInt",
  "not-a-number": "NaN",
  infinity: "an infinite number",
  hole: "a hole in a list",
  cycle: "an object that contains itself",
  "lone-surrogate": "half of a surrogate pair",
  "class-instance": "an instance of a class, or a list with properties of its own",
  accessor: "a getter",
  "symbol-key": "a symbol as a key",
  "too-deep": "too many levels",
};
