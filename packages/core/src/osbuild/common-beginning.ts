import type { Sha256 } from "../digest/sha256.ts";
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

/** The ids of another document; what both begin with is not computed again. */
export interface KnownIds {
  readonly tape: JsonTape;
  /** In the document's order. */
  readonly pipelines: readonly { readonly stages: readonly { readonly id: Sha256 }[] }[];
}

/**
 * The ids of the stages that two documents begin with, spelled the same, a list for each pipeline. A stage's id depends
 * on nothing but itself, its pipeline and what stands before; the sources that it names must be offered here too.
 */
export function commonBeginning(
  tape: JsonTape,
  offered: ReadonlySet<string>,
  { tape: other, pipelines }: KnownIds,
): readonly (readonly Sha256[])[] {
  if (!isSameMember("sources", tape, other) && !isSubset(offeredReferences(other), offered)) return [];
  const nodes = [...elements(tape, memberOf(tape, ROOT, "pipelines"))];
  const others = [...elements(other, memberOf(other, ROOT, "pipelines"))];
  const ids: Sha256[][] = [];
  for (const [index, node] of nodes.entries()) {
    const counterpart = others[index];
    if (counterpart === undefined) break;
    const pair = { tape, other, node, counterpart };
    if (!areMembersEqual(pair)) break;
    const common = commonStages(pair);
    ids.push((pipelines[index]?.stages ?? []).slice(0, common).map(({ id }) => id));
    // Whoever comes later may refer to this one.
    if (!bytesOf(tape, node).equals(bytesOf(other, counterpart))) break;
  }
  return ids;
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
