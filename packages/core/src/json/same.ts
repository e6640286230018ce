import { ESCAPED, Kind, NODE_SIZE, bytesOf, elementsOf, kindOf, stringOf, type JsonTape } from "./tape.ts";
import { keysInOrder } from "./write.ts";

/** A node of a document. */
export interface TapeNode {
  readonly tape: JsonTape;
  readonly node: number;
}

/**
 * Whether two nodes say the same: white space, the order of keys and the spelling of strings do not count, the text of a
 * number does. Equal bytes are seen without looking inside.
 */
export function sayTheSame(a: TapeNode, b: TapeNode): boolean {
  const kind = kindOf(a.tape, a.node);
  if (kind !== kindOf(b.tape, b.node)) return false;
  if (bytesOf(a.tape, a.node).equals(bytesOf(b.tape, b.node))) return true;
  switch (kind) {
    case Kind.string:
      return isRespelled(a) || isRespelled(b) ? stringOf(a.tape, a.node) === stringOf(b.tape, b.node) : false;
    case Kind.array:
      return sameNodes(childrenOf(a), childrenOf(b));
    case Kind.object:
      return sameMembers(a, b);
    default:
      return false;
  }
}

function isRespelled({ tape, node }: TapeNode): boolean {
  return ((tape.nodes[node] as number) & ESCAPED) !== 0;
}

function childrenOf({ tape, node }: TapeNode): readonly TapeNode[] {
  return Array.from(elementsOf(tape, node), (element) => ({ tape, node: element }));
}

function sameMembers(a: TapeNode, b: TapeNode): boolean {
  const [keysOfA, keysOfB] = [sortedKeys(a), sortedKeys(b)];
  return sameNodes(keysOfA, keysOfB) && sameNodes(keysOfA.map(valueOfKey), keysOfB.map(valueOfKey));
}

function sortedKeys({ tape, node }: TapeNode): readonly TapeNode[] {
  return Array.from(keysInOrder(tape, node, "utf-16"), (key) => ({ tape, node: key }));
}

function valueOfKey({ tape, node }: TapeNode): TapeNode {
  return { tape, node: node + NODE_SIZE };
}

function sameNodes(a: readonly TapeNode[], b: readonly TapeNode[]): boolean {
  return a.length === b.length && a.every((node, index) => sayTheSame(node, b[index] as TapeNode));
}
