import { textPosition, type JsonFailure } from "./failure.ts";
import type { JsonPath } from "./pointer.ts";
import { KIND_MASK, Kind, NODE_SIZE, stringOf, type JsonTape } from "./tape.ts";

/** How far the reading of a text has come. */
export interface ScanState {
  readonly tape: JsonTape;
  /** The open containers, the outermost first, and the last key of each open object (-1 while its key is read). */
  readonly open: Int32Array;
  readonly lastKeys: Int32Array;
  /** The byte that is looked at. */
  readonly position: number;
  /** Integers of nodes so far. */
  readonly size: number;
  /** Containers that are open. */
  readonly depth: number;
}

/** Something else stands at the position than the grammar knows there. */
export function syntaxFailure(state: ScanState, expected: string): JsonFailure {
  const { bytes } = state.tape;
  const rest = bytes.subarray(state.position, state.position + 4).toString("utf8");
  const found = rest === "" ? null : String.fromCodePoint(rest.codePointAt(0) as number);
  return { reason: "json-syntax", at: placeOf(state), path: openPath(state), expected, found };
}

/** The escape at the position stands for half a character. */
export function loneSurrogateFailure(state: ScanState): JsonFailure {
  return { reason: "json-lone-surrogate", at: placeOf(state), path: openPath(state) };
}

/** The container at the position is one too many. */
export function tooDeepFailure(state: ScanState, limit: number): JsonFailure {
  return { reason: "json-too-deep", at: placeOf(state), path: openPath(state), limit };
}

/** The innermost object has a key twice; `key` is the node of the second. */
export function duplicateKeyFailure(state: ScanState, key: number): JsonFailure {
  const { tape } = state;
  state.lastKeys[state.depth - 1] = key;
  const at = textPosition(tape.bytes, tape.nodes[key + 1] as number);
  return { reason: "json-duplicate-key", at, path: openPath(state), key: stringOf(tape, key) };
}

function placeOf({ tape, position }: ScanState): ReturnType<typeof textPosition> {
  return textPosition(tape.bytes, position);
}

/** Keys and indices that lead to the innermost place reached: an object, while its key is read. */
function openPath({ tape, open, lastKeys, size, depth }: ScanState): JsonPath {
  const { nodes } = tape;
  return Array.from(open.subarray(0, depth)).flatMap<string | number>((container, level) => {
    if (((nodes[container] as number) & KIND_MASK) === Kind.object) {
      const lastKey = lastKeys[level] as number;
      return lastKey < 0 ? [] : [stringOf(tape, lastKey)];
    }
    const inner = level + 1 < depth ? (open[level + 1] as number) : size;
    let index = 0;
    for (let node = container + NODE_SIZE; node < inner; node = nodes[node + 3] as number) index += 1;
    return [index];
  });
}
