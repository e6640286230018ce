import { formatPointer, type JsonPath } from "@imagegate/core";
import type { Provenance } from "../pin/pin.ts";
import type { TextDocument } from "./document.ts";

/** A document and what it is called in places. */
export interface NamedDocument extends TextDocument {
  /** Relative to the root, POSIX. */
  readonly path: string;
}

/** The place of a value; its line may be that of another value, the one that a correction would change. */
export function placeOf(document: NamedDocument, path: JsonPath, lineOf: JsonPath = path): Provenance {
  return { path: document.path, pointer: formatPointer(path), line: document.lineOf(lineOf) };
}

/** The members of an object, in the document's order; null for anything else. */
export function membersOf(value: unknown): ReadonlyMap<string, unknown> | null {
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  return isObject ? new Map(Object.entries(value)) : null;
}
