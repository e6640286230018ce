import { formatPointer } from "../json/pointer.ts";
import { isJsonArray, isJsonObject, JsonNumber, type JsonValue } from "../json/value.ts";
import type { Difference, Located, Place } from "./difference.ts";
import { escapeInvisible } from "./invisible.ts";

/** The most characters that a name, a pointer or a value takes in a description. */
export const maxDescribedLength = 120;

/**
 * One difference as one line of text, such as `os › org.osbuild.kernel-cmdline › /options/kernel_opts: "ro" → "ro quiet"`.
 * Long parts are shortened with `…`, a pair of values around where they begin to differ.
 * Control and invisible characters are written as escapes, so that a manifest cannot drive the reader's terminal.
 */
export function describeDifference(difference: Difference): string {
  const where = [...placeNames(difference.place), ...pathNames(difference)].join(" › ");
  return `${where}: ${describeChange(difference)}`;
}

function placeNames(place: Place): readonly string[] {
  switch (place.kind) {
    case "manifest":
      return [];
    case "pipeline":
      return [shortenEnd(escapeInvisible(place.pipeline))];
    case "stage":
      return [place.pipeline, place.stage].map((name) => shortenEnd(escapeInvisible(name)));
  }
}

function pathNames({ place, path }: Difference): readonly string[] {
  if (path.length > 0) return [describePointer(formatPointer(path))];
  return place.kind === "manifest" ? ["document"] : [];
}

function describeChange(difference: Difference): string {
  switch (difference.change) {
    case "added":
      return `added ${shortenEnd(printValue(difference.after.value))}`;
    case "removed":
      return `removed ${shortenEnd(printValue(difference.before.value))}`;
    case "moved":
      return `moved from ${describePointer(difference.before.pointer)} to ${describePointer(difference.after.pointer)}`;
    case "changed":
      return describePair(difference.before, difference.after);
  }
}

function describePair(before: Located, after: Located): string {
  const old = printValue(before.value);
  const now = printValue(after.value);
  const start = commonLength(old, now);
  return `${shortenAround(old, start)} → ${shortenAround(now, start)}`;
}

/** A JSON text of the value; of objects and lists only as much as a description can show. */
function printValue(value: JsonValue): string {
  let text = "";
  for (const token of printTokens(value)) {
    text += token;
    if (text.length > maxDescribedLength) break;
  }
  return text;
}

function* printTokens(value: JsonValue): Generator<string> {
  if (isJsonArray(value)) {
    yield "[";
    for (const [index, item] of value.entries()) {
      if (index > 0) yield ",";
      yield* printTokens(item);
    }
    yield "]";
  } else if (isJsonObject(value)) {
    yield "{";
    let separator = "";
    for (const [key, member] of value) {
      yield `${separator}${printString(key)}:`;
      yield* printTokens(member);
      separator = ",";
    }
    yield "}";
  } else if (typeof value === "string") {
    yield printString(value);
  } else {
    yield value instanceof JsonNumber ? value.text : String(value);
  }
}

function printString(text: string): string {
  return escapeInvisible(JSON.stringify(text));
}

/** A pointer keeps its end, which says the most. */
function describePointer(pointer: string): string {
  const text = escapeInvisible(pointer);
  if (text === "") return "document";
  return text.length <= maxDescribedLength
    ? text
    : `…${sliceWhole(text, text.length - maxDescribedLength + 1, text.length)}`;
}

function shortenEnd(text: string): string {
  return shortenAround(text, 0);
}

/** How much is shown of what stands before the place of interest. */
const contextLength = 20;

/** At most `maxDescribedLength` characters of a text, the place of interest among them. */
function shortenAround(text: string, place: number): string {
  if (text.length <= maxDescribedLength) return text;
  const start = place + contextLength < maxDescribedLength ? 0 : place - contextLength;
  const head = start > 0 ? "…" : "";
  const room = maxDescribedLength - head.length;
  if (text.length - start <= room) return `${head}${sliceWhole(text, start, text.length)}`;
  return `${head}${sliceWhole(text, start, start + room - 1)}…`;
}

function commonLength(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length);
  let length = 0;
  while (length < shorter && a[length] === b[length]) length += 1;
  return length;
}

/** A slice that leaves no half of a character at either end. */
function sliceWhole(text: string, start: number, end: number): string {
  return text.slice(start, end).replace(/^[\u{dc00}-\u{dfff}]|[\u{d800}-\u{dbff}]$/gu, "");
}
