import stringify from "fast-json-stable-stringify";
import { fail, ok, type Result } from "../result.ts";
import type { ByteWriter } from "./byte-writer.ts";
import type { JsonPath } from "./pointer.ts";
import { MAX_DEPTH } from "./scanner.ts";
import { RESPELLED, stringOf, type JsonTape } from "./tape.ts";
import { writeJson, writeSpan, type JsonStyle } from "./write.ts";

/** Keys by UTF-16 code unit, no white space, strings as JSON.stringify spells them, numbers as written. */
const CANONICAL: JsonStyle = {
  spaced: false,
  keyOrder: "utf-16",
  respelledStrings: RESPELLED,
  writeString: (tape, node, writer) => writer.writeText(JSON.stringify(stringOf(tape, node))),
  writeNumber: writeSpan,
};

/** Writes the canonical JSON of a node: what `fast-json-stable-stringify` writes, but for number texts. */
export function writeCanonical(tape: JsonTape, node: number, writer: ByteWriter): void {
  writeJson(tape, node, CANONICAL, writer);
}

/** Why a value is not JSON: `found` names what stands at `path`. */
export interface ValueFailure {
  readonly reason: "value-not-json";
  readonly path: JsonPath;
  readonly found:
    | "undefined"
    | "function"
    | "symbol"
    | "bigint"
    | "not-a-number"
    | "infinity"
    | "hole"
    | "cycle"
    | "lone-surrogate"
    | "class-instance"
    | "accessor"
    | "symbol-key"
    | "too-deep";
}

/**
 * The canonical JSON of a value in memory, as `fast-json-stable-stringify` writes it.
 * What JSON would drop or bend in silence (undefined, NaN, a hole, a cycle, a Date, …) is a failure that names its path.
 */
export function canonicalizeValue(value: unknown): Result<string, ValueFailure> {
  const failure = findNotJson(value, [], new Set());
  return failure === undefined ? ok(stringify(value)) : fail(failure);
}

type Found = ValueFailure["found"];

function findNotJson(value: unknown, path: JsonPath, ancestors: Set<object>): ValueFailure | undefined {
  const refuse = (found: Found): ValueFailure => ({ reason: "value-not-json", path, found });
  if (typeof value === "string") return value.isWellFormed() ? undefined : refuse("lone-surrogate");
  if (typeof value === "number") {
    if (Number.isNaN(value)) return refuse("not-a-number");
    return Number.isFinite(value) ? undefined : refuse("infinity");
  }
  if (value === null || typeof value === "boolean") return undefined;
  if (typeof value !== "object") return refuse(typeof value as Found);
  if (ancestors.has(value)) return refuse("cycle");
  if (ancestors.size === MAX_DEPTH) return refuse("too-deep");
  ancestors.add(value);
  const failure = Array.isArray(value)
    ? findInArray(value, path, ancestors)
    : findInObject(value, path, ancestors);
  ancestors.delete(value);
  return failure;
}

function findInArray(array: unknown[], path: JsonPath, ancestors: Set<object>): ValueFailure | undefined {
  for (let index = 0; index < array.length; index++) {
    const here = [...path, index];
    if (!Object.hasOwn(array, index)) return { reason: "value-not-json", path: here, found: "hole" };
    const failure = findNotJson(array[index], here, ancestors);
    if (failure !== undefined) return failure;
  }
  // A property beside the elements would be lost, and a toJSON would be asked instead of them.
  const isBare = Object.keys(array).length === array.length && !hasToJson(array);
  return isBare ? undefined : { reason: "value-not-json", path, found: "class-instance" };
}

function findInObject(object: object, path: JsonPath, ancestors: Set<object>): ValueFailure | undefined {
  if (!isPlain(object) || hasToJson(object))
    return { reason: "value-not-json", path, found: "class-instance" };
  for (const key of Reflect.ownKeys(object)) {
    if (typeof key === "symbol") return { reason: "value-not-json", path, found: "symbol-key" };
    const here = [...path, key];
    const property = Object.getOwnPropertyDescriptor(object, key) as PropertyDescriptor;
    // No JSON writer sees a hidden member, and loaders of JSON modules leave a `default` of that kind.
    if (property.enumerable !== true) continue;
    if (!("value" in property)) {
      return { reason: "value-not-json", path: here, found: "accessor" };
    }
    if (!key.isWellFormed()) return { reason: "value-not-json", path: here, found: "lone-surrogate" };
    const failure = findNotJson(property.value, here, ancestors);
    if (failure !== undefined) return failure;
  }
  return undefined;
}

/** Whether an object spells itself as JSON; a member of that name that is no function is data. */
function hasToJson(object: object): boolean {
  return "toJSON" in object && typeof object.toJSON === "function";
}

/** An object literal of this or another realm, or one without a prototype. */
function isPlain(object: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(object);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
