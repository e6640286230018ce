import {
  Kind,
  NODE_SIZE,
  ROOT,
  bytesOf,
  elementsOf,
  keysOf,
  kindOf,
  stringOf,
  type JsonTape,
} from "./tape.ts";

/**
 * A JSON number as its text, exactly as written: `1.0` is not `1`, and `9007199254740993` keeps its last digit.
 * A class so that it cannot be mistaken for an object of the document.
 */
export class JsonNumber {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** An object's members in the order of the text; any key is safe, `__proto__` and `1` included. */
export type JsonObject = ReadonlyMap<string, JsonValue>;

/** A JSON value that has lost nothing of its text but white space and the spelling of its strings. */
export type JsonValue = null | boolean | string | JsonNumber | readonly JsonValue[] | JsonObject;

/** Whether a value is an object. */
export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return value instanceof Map;
}

/** Whether a value is an array. */
export function isJsonArray(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}

/** The value of a node, with everything in it. */
export function valueOf(tape: JsonTape, node: number = ROOT): JsonValue {
  switch (kindOf(tape, node)) {
    case Kind.null:
      return null;
    case Kind.true:
      return true;
    case Kind.false:
      return false;
    case Kind.number:
      return new JsonNumber(bytesOf(tape, node).toString("latin1"));
    case Kind.string:
      return stringOf(tape, node);
    case Kind.array:
      return elementsOf(tape, node).map((element) => valueOf(tape, element));
    case Kind.object:
      return new Map(keysOf(tape, node).map((key) => [stringOf(tape, key), valueOf(tape, key + NODE_SIZE)]));
  }
}
