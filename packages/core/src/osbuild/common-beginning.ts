import {
  Kind,
  NODE_SIZE,
  ROOT,
  bytesOf,
  keysOf,
  kindOf,
  memberOf,
  stringOf,
  type JsonTape,
} from "../json/tape.ts";
import { elements, offeredReferences } from "./manifest.ts";

/**
 * How many stages two documents begin with, spelled the same, a count for each pipeline: up to the first one that
 * differs, since whoever comes later may refer to it. A stage's id depends on nothing but itself, its pipeline and what
 * stands before; where the sources that it names are offered, too, the ids of these stages are the same.
 */
export function commonBeginning(tape: JsonTape, other: JsonTape): readonly number[] {
  const nodes = pipelinesOf(tape);
  const others = pipelinesOf(other);
  const counts: number[] = [];
  for (const [index, node] of nodes.entries()) {
    const counterpart = others[index];
    if (counterpart === undefined) break;
    const pair = { tape, other, node, counterpart };
    if (!areMembersEqual(pair)) break;
    counts.push(commonStages(pair));
    if (!bytesOf(tape, node).equals(bytesOf(other, counterpart))) break;
  }
  return counts;
}

/** Whether a document offers all sources that another does. */
export function offersAsMuch(tape: JsonTape, other: JsonTape): boolean {
  return isSameMember("sources", tape, other) || isSubset(offeredReferences(other), offeredReferences(tape));
}

function pipelinesOf(tape: JsonTape): readonly number[] {
  const list = kindOf(tape, ROOT) === Kind.object ? memberOf(tape, ROOT, "pipelines") : -1;
  return list === -1 || kindOf(tape, list) !== Kind.array ? [] : [...elements(tape, list)];
}

function isSameMember(key: string, tape: JsonTape, other: JsonTape): boolean {
  const [own, theirs] = [memberOf(tape, ROOT, key), memberOf(other, ROOT, key)];
  return own !== -1 && theirs !== -1 && bytesOf(tape, own).equals(bytesOf(other, theirs));
}

function isSubset(some: ReadonlySet<string>, all: ReadonlySet<string>): boolean {
  for (const one of some) if (!all.has(one)) return false;
  return true;
}

/** A pipeline in one document and one in another. */
interface PipelinePair {
  readonly tape: JsonTape;
  readonly node: number;
  readonly other: JsonTape;
  readonly counterpart: number;
}

/** Whether all is equal but the stages. */
function areMembersEqual({ tape, node, other, counterpart }: PipelinePair): boolean {
  const [own, theirs] = [membersOf(tape, node), membersOf(other, counterpart)];
  return own.size === theirs.size && [...own].every(([key, text]) => theirs.get(key) === text);
}

function membersOf(tape: JsonTape, node: number): ReadonlyMap<string, string> {
  if (kindOf(tape, node) !== Kind.object) return new Map();
  const members = Array.from(keysOf(tape, node), (key): [string, string] => {
    const name = stringOf(tape, key);
    return [name, name === "stages" ? "" : bytesOf(tape, key + NODE_SIZE).toString("latin1")];
  });
  return new Map(members);
}

function commonStages({ tape, node, other, counterpart }: PipelinePair): number {
  const own = stagesOf(tape, node);
  const theirs = stagesOf(other, counterpart);
  let count = 0;
  while (count < own.length && count < theirs.length) {
    if (!bytesOf(tape, own[count] as number).equals(bytesOf(other, theirs[count] as number))) break;
    count += 1;
  }
  return count;
}

function stagesOf(tape: JsonTape, node: number): readonly number[] {
  const stages = kindOf(tape, node) === Kind.object ? memberOf(tape, node, "stages") : -1;
  return stages === -1 || kindOf(tape, stages) !== Kind.array ? [] : [...elements(tape, stages)];
}
