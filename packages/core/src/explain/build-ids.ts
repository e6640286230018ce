import type { JsonTape } from "../json/tape.ts";
import { Kind, NODE_SIZE, elementsOf, keysOf, kindOf, memberOf, stringOf } from "../json/tape.ts";
import type { Sha256 } from "../digest/sha256.ts";
import { commonBeginning, offersAsMuch } from "../osbuild/common-beginning.ts";
import { computeIds, type PipelineIds } from "../osbuild/ids.ts";
import type { Result } from "../result.ts";
import { pipelineNodes } from "./classes.ts";
import type { CauseClass } from "./explanation.ts";

/** What a pipeline refers to. */
export interface PipelineLinks {
  readonly name: string;
  readonly build: string | null;
  /** Names of the pipelines whose trees its stages take, sorted, distinct. */
  readonly inputs: readonly string[];
  readonly stages: readonly string[];
}

/** The ids of a manifest's pipelines, by name; null when it is nothing that osbuild could load. */
export type IdsByName = ReadonlyMap<string, PipelineIds> | null;

/** The ids of two documents. */
export interface IdPair {
  readonly before: IdsByName;
  readonly after: IdsByName;
}

/** The ids of two documents, as osbuild computes them. */
export function osbuildIds(before: JsonTape, after: JsonTape): IdPair {
  const ids = computeIds(after);
  const known = ids.ok && offersAsMuch(before, after) ? ids.value : [];
  const counts = known.length === 0 ? [] : commonBeginning(before, after);
  const beginning = counts.map(
    (count, index) => known[index]?.stages.slice(0, count).map(({ id }) => id) ?? [],
  );
  return { before: byName(computeIds(before, beginning)), after: byName(ids) };
}

/**
 * Ids of two documents that are good for comparing them with each other, and for nothing else: two of them are equal
 * where osbuild's are. What both documents begin with has a number in place of an id, since hashing all the packages
 * that did not change is most of the work. Whether their sources are offered is not looked at.
 */
export function comparedIds(before: JsonTape, after: JsonTape): IdPair {
  let count = 0;
  const numbers = commonBeginning(before, after).map((stages) =>
    Array.from({ length: stages }, () => numberedId((count += 1))),
  );
  return { before: byName(computeIds(before, numbers)), after: byName(computeIds(after, numbers)) };
}

/** No digest that anybody meets begins with so many zeros. */
function numberedId(number: number): Sha256 {
  return number.toString(16).padStart(64, "0") as Sha256;
}

function byName(ids: Result<readonly PipelineIds[], unknown>): IdsByName {
  return ids.ok ? new Map(ids.value.map((pipeline) => [pipeline.name, pipeline])) : null;
}

/** The pipelines of a document with what they refer to, as far as it is shaped like a manifest. */
export function pipelineLinks(tape: JsonTape): readonly PipelineLinks[] {
  return pipelineNodes(tape).map(({ name, node }) => {
    const build = memberOf(tape, node, "build");
    const stages = stageNodes(tape, node);
    return {
      name,
      build: build !== -1 && kindOf(tape, build) === Kind.string ? referred(stringOf(tape, build)) : null,
      inputs: [...new Set(stages.flatMap((stage) => inputsOf(tape, stage)))].toSorted(),
      stages: stages.map((stage) => typeOf(tape, stage)),
    };
  });
}

function referred(reference: string): string {
  return reference.replace(/^name:/, "");
}

function stageNodes(tape: JsonTape, pipeline: number): readonly number[] {
  const stages = memberOf(tape, pipeline, "stages");
  return stages !== -1 && kindOf(tape, stages) === Kind.array ? [...elementsOf(tape, stages)] : [];
}

function typeOf(tape: JsonTape, stage: number): string {
  const type = kindOf(tape, stage) === Kind.object ? memberOf(tape, stage, "type") : -1;
  return type !== -1 && kindOf(tape, type) === Kind.string ? stringOf(tape, type) : "";
}

function inputsOf(tape: JsonTape, stage: number): readonly string[] {
  const inputs = kindOf(tape, stage) === Kind.object ? memberOf(tape, stage, "inputs") : -1;
  if (inputs === -1 || kindOf(tape, inputs) !== Kind.object) return [];
  return Array.from(keysOf(tape, inputs)).flatMap((key) => {
    const input = key + NODE_SIZE;
    const references = kindOf(tape, input) === Kind.object ? memberOf(tape, input, "references") : -1;
    return references === -1 ? [] : referencedPipelines(tape, references);
  });
}

function referencedPipelines(tape: JsonTape, references: number): readonly string[] {
  const kind = kindOf(tape, references);
  const named: string[] = [];
  const remember = (node: number): void => {
    if (kindOf(tape, node) !== Kind.string) return;
    const text = stringOf(tape, node);
    if (text.startsWith("name:")) named.push(referred(text));
  };
  if (kind === Kind.object) for (const key of keysOf(tape, references)) remember(key);
  if (kind !== Kind.array) return named;
  for (const element of elementsOf(tape, references)) {
    const id = kindOf(tape, element) === Kind.object ? memberOf(tape, element, "id") : element;
    if (id !== -1) remember(id);
    // A long list refers to packages; pipelines stand in short ones.
    if (named.length === 0) break;
  }
  return named;
}

/** Which pipelines are taken for what gets built: those configured that exist, else those that no other refers to. */
export function exportedPipelines(
  links: readonly PipelineLinks[],
  configured: readonly string[] | null,
): ReadonlySet<string> {
  const named = links.filter(({ name }) => configured?.includes(name));
  if (named.length > 0) return new Set(named.map(({ name }) => name));
  const used = new Set(
    links.flatMap(({ name, build, inputs }) => [build, ...inputs].filter((other) => other !== name)),
  );
  return new Set(links.map(({ name }) => name).filter((name) => !used.has(name)));
}

/** The class of a whole change, by the ids of the exported pipelines on either side; what cannot be known is grave. */
export function classByIds(sides: { readonly before: IdSide; readonly after: IdSide }): CauseClass {
  const { before, after } = sides;
  if (before.ids === null || after.ids === null) return "rebuild";
  const [old, now] = [exportedIds(before), exportedIds(after)];
  return old.join() === now.join() ? "visible-only" : "rebuild";
}

/** The ids of one document and which of its pipelines are exported. */
export interface IdSide {
  readonly ids: IdsByName;
  readonly exported: ReadonlySet<string>;
}

/** Sorted: which name leads to an id is not built. */
function exportedIds({ ids, exported }: IdSide): readonly string[] {
  return Array.from(exported, (name) => ids?.get(name)?.id ?? "-").toSorted();
}
