import { ok, type Result } from "@imagegate/core";
import {
  explainChanges,
  findRenames,
  type ChangeSet,
  type Explanation,
  type ExplainProfile,
  type ManifestChange,
  type ManifestSketch,
} from "@imagegate/core/explain";
import type { DocumentFailure } from "../failure.ts";
import { mapOrdered } from "../pool/ordered.ts";
import type { DocumentSource } from "../pool/task.ts";
import type { Session } from "../run/session.ts";
import { joinSides, nameManifests, type JoinedSides, type Naming } from "./joined-sides.ts";
import { isSource, type Side, type SideManifest, type UnknownText } from "./side.ts";
import { Texts, type SideName } from "./texts.ts";

/** How two sides are explained. */
export interface ExplainContext {
  readonly session: Session;
  readonly signal: AbortSignal;
  readonly profile: ExplainProfile;
  /** Plain words, on one line, for why a manifest's text is not known. */
  readonly wordsFor: (unknown: UnknownText) => string;
  /** How manifests are called; by default as the two sides need it. */
  readonly naming?: Naming;
}

/** Two sides explained, and the manifests that the names of the explanation stand for. */
export interface ExplainedSides extends Pick<JoinedSides, "addressOf" | "nameOf"> {
  readonly explanation: Explanation;
}

/** No comparison of two manifests takes as long. */
const COMPARE_TIMEOUT_MS = 600_000;

/**
 * Explains what changed between two sides: what is told equal by its marks is not looked at, all else is compared in
 * the worker threads. A text that is nowhere to be found leaves its manifest unexplained, with the reason.
 */
export async function explainSides(
  before: Side,
  after: Side,
  context: ExplainContext,
): Promise<Result<ExplainedSides, DocumentFailure>> {
  const joined = joinSides(before, after, context.naming ?? nameManifests([before, after]));
  const run = { joined, texts: new Texts({ before, after }, joined), context };
  const changed = changedNames(joined);
  const changes = await describeAll(
    changed.map((name) => ({ name, before: name })),
    run,
  );
  if (!changes.ok) return changes;
  const renames = await describeRenames(run);
  if (!renames.ok) return renames;
  const set: ChangeSet = {
    before: [...joined.before.keys()],
    after: [...joined.after.keys()],
    changes: changes.value.map(({ name, change }) => ({ name, change })),
    renames: renames.value.map(({ name, before: old, change }) => ({ before: old, after: name, change })),
    unexplained: changed.flatMap((name) => {
      const unknown = run.texts.unknown(name);
      return unknown === undefined ? [] : [{ name, because: context.wordsFor(unknown) }];
    }),
    profile: context.profile,
  };
  const { addressOf, nameOf } = joined;
  return ok({ explanation: explainChanges(set), addressOf, nameOf });
}

interface Run {
  readonly joined: JoinedSides;
  readonly texts: Texts;
  readonly context: ExplainContext;
}

function changedNames({ before, after }: JoinedSides): readonly string[] {
  return [...after].flatMap(([name, manifest]) => {
    const old = before.get(name);
    return old === undefined || isEqual(old, manifest) ? [] : [name];
  });
}

function isEqual(left: SideManifest, right: SideManifest): boolean {
  return left.marks.some((mark) => right.marks.includes(mark));
}

/** A manifest by its new name, and its old one. */
interface Pair {
  readonly name: string;
  readonly before: string;
}

type DescribedChange = Pair & { readonly change: ManifestChange };

/** Compares pairs of texts, and again those whose texts had to be recovered first. */
async function describeAll(
  pairs: readonly Pair[],
  run: Run,
): Promise<Result<readonly DescribedChange[], DocumentFailure>> {
  const described: DescribedChange[] = [];
  const isComparable = ({ name, before }: Pair): boolean =>
    isOpen("before", before, run) && isOpen("after", name, run);
  for (let open = pairs.filter(isComparable); open.length > 0;) {
    const lost: Record<SideName, string[]> = { before: [], after: [] };
    const again: Pair[] = [];
    for await (const { pair, answer } of mapOrdered(open, limitOf(run), (each) => describe(each, run))) {
      if (!answer.ok) return answer;
      if (answer.value.kind === "changed") described.push({ ...pair, change: answer.value.change });
      if (answer.value.kind !== "unknown") continue;
      lost[answer.value.side].push(answer.value.side === "before" ? pair.before : pair.name);
      again.push(pair);
    }
    await recoverAll(lost, run);
    open = again.filter(isComparable);
  }
  return ok(described);
}

function limitOf({ context }: Run): number {
  return context.session.concurrency * 2;
}

async function recoverAll(
  lost: Readonly<Record<SideName, readonly string[]>>,
  { texts }: Run,
): Promise<void> {
  for (const side of ["before", "after"] as const) {
    if (lost[side].length > 0) await texts.recover(side, lost[side]);
  }
}

function isOpen(side: SideName, name: string, { texts }: Run): boolean {
  const found = texts.find(side, name);
  return found === null || isSource(found);
}

async function describe(pair: Pair, { texts, context, joined }: Run) {
  const before = texts.find("before", pair.before);
  const after = texts.find("after", pair.name);
  const unknown = (side: SideName) => ({ pair, answer: ok({ kind: "unknown" as const, side }) });
  if (!isSource(before)) return unknown("before");
  if (!isSource(after)) return unknown("after");
  const exports = joined.after.get(pair.name)?.exports ?? null;
  const task = { task: "describe" as const, before, after, profile: context.profile, exports };
  const limits = { signal: context.signal, timeoutMs: COMPARE_TIMEOUT_MS };
  return { pair, answer: await context.session.pool.describe(task, limits) };
}

/** Manifests that are gone and manifests that are new may be the same under another name. */
async function describeRenames(run: Run): Promise<Result<readonly DescribedChange[], DocumentFailure>> {
  const { before, after } = run.joined;
  const removed = [...before.keys()].filter((name) => !after.has(name));
  const added = [...after.keys()].filter((name) => !before.has(name));
  if (removed.length === 0 || added.length === 0) return ok([]);
  const old = await sketchAll("before", removed, run);
  if (!old.ok) return old;
  const now = await sketchAll("after", added, run);
  if (!now.ok) return now;
  const renames = findRenames(old.value, now.value, run.context.profile);
  const pairs = renames.map((rename) => ({ name: rename.after, before: rename.before }));
  return describeAll(pairs, run);
}

/** What the manifests of one side may be recognised by; one whose text is not to be had is left out. */
async function sketchAll(
  side: SideName,
  names: readonly string[],
  run: Run,
): Promise<Result<ReadonlyMap<string, ManifestSketch>, DocumentFailure>> {
  const sketches = new Map<string, ManifestSketch>();
  for (let open = names.filter((name) => isOpen(side, name, run)); open.length > 0;) {
    const lost: string[] = [];
    for await (const { name, answer } of mapOrdered(open, limitOf(run), (each) => sketch(side, each, run))) {
      if (!answer.ok) return answer;
      if (answer.value === null) lost.push(name);
      else sketches.set(name, answer.value);
    }
    await recoverAll({ before: [], after: [], [side]: lost }, run);
    open = lost.filter((name) => isOpen(side, name, run));
  }
  return ok(sketches);
}

async function sketch(side: SideName, name: string, { texts, context }: Run) {
  const source: DocumentSource | UnknownText | null = texts.find(side, name);
  if (!isSource(source)) return { name, answer: ok(null) };
  const limits = { signal: context.signal, timeoutMs: COMPARE_TIMEOUT_MS };
  return { name, answer: await context.session.pool.sketch({ task: "sketch", source }, limits) };
}
