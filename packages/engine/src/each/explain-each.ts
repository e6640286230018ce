import { ok, type Result } from "@imagegate/core";
import type { Cause, Explanation } from "@imagegate/core/explain";
import type { ReportedCommit } from "@imagegate/core/report";
import { regenerateFamilies } from "../checkout/regenerate.ts";
import type { ExplainFailure } from "../failure.ts";
import { openCommitSide, type CommitContext } from "../explain/commit-side.ts";
import type { ExplainContext } from "../explain/comparison.ts";
import { explainSides } from "../explain/explain-sides.ts";
import { generatedSide, type Remake } from "../explain/generated-side.ts";
import { nameManifests, type Naming } from "../explain/joined-sides.ts";
import { manifestLocations } from "../explain/locations.ts";
import { profileOf } from "../explain/profile.ts";
import type { Side, SideManifest, UnknownText } from "../explain/side.ts";
import { cancellable } from "../run/run.ts";
import type { Session } from "../run/session.ts";
import type { CheckedCommit, CheckedRange, EachQuestion } from "./check-each.ts";

/** A range of checked commits in words: what it changed in all, and what each commit introduced. */
export interface ExplainedRange {
  readonly explanation: Explanation;
  readonly commits: readonly ReportedCommit[];
  readonly locations: ReadonlyMap<string, string>;
}

/** How a range is explained. */
export interface ExplainEachOptions {
  readonly signal: AbortSignal;
  readonly wordsFor: (unknown: UnknownText) => string;
}

/**
 * Explains every commit of a range against its first parent, and the range as a whole. A commit is what its
 * definitions make, where they could be run, else what it records. Causes that only stand between two commits, since a
 * later one undid or changed them again, come after those of the whole.
 */
export async function explainEach(
  range: CheckedRange,
  question: EachQuestion,
  session: Session,
  options: ExplainEachOptions,
): Promise<Result<ExplainedRange, ExplainFailure>> {
  return cancellable<ExplainedRange, ExplainFailure>(options.signal, () =>
    explainAll(range, question, session, options),
  );
}

async function explainAll(
  range: CheckedRange,
  question: EachQuestion,
  session: Session,
  options: ExplainEachOptions,
): Promise<Result<ExplainedRange, ExplainFailure>> {
  const { root, projects, ids } = question;
  const { repository } = range;
  const sides = await openSides(range, { root, repository, projects, session, signal: options.signal, ids });
  if (!sides.ok) return sides;
  const naming = nameManifests([...sides.value.values()]);
  const context = { ...options, session, naming, profile: profileOf(projects) };
  const whole = await explainSides(
    sideAt(range.base.commit, sides.value),
    sideAt(range.head.commit, sides.value),
    context,
  );
  if (!whole.ok) return whole;
  const causes = new Map<string, Cause>();
  const commits: ReportedCommit[] = [];
  for (const commit of range.commits) {
    const introduced = await explainCommit(commit, sides.value, context);
    if (!introduced.ok) return introduced;
    for (const cause of introduced.value) causes.set(cause.id, joinCauses(causes.get(cause.id), cause));
    commits.push(reportCommit(commit, introduced.value, naming));
  }
  const { explanation, addressOf } = whole.value;
  const known = new Set(explanation.causes.map(({ id }) => id));
  const passing = [...causes.values()].filter(({ id }) => !known.has(id));
  return ok({
    explanation: { ...explanation, causes: [...explanation.causes, ...passing] },
    commits,
    locations: manifestLocations(explanation, addressOf, { projects, prefix: repository.prefix }),
  });
}

type Sides = ReadonlyMap<string, Side>;

/** A side for each commit and for every parent of one. */
async function openSides(
  range: CheckedRange,
  context: CommitContext,
): Promise<Result<Sides, ExplainFailure>> {
  const sides = new Map<string, Side>();
  for (const each of range.commits) {
    if (each.records === "undecided") continue;
    const place = { storeRoot: context.session.store.root, remake: remakeAt(each.commit, context) };
    sides.set(each.commit, generatedSide(each.commit, [...each.generated.values()], place));
  }
  const needed = [range.base.commit, ...range.commits.flatMap(({ commit, parents }) => [commit, ...parents])];
  for (const commit of needed) {
    if (sides.has(commit)) continue;
    const side = await openCommitSide({ name: commit, commit }, context);
    if (!side.ok) return side;
    sides.set(commit, side.value);
  }
  return ok(sides);
}

/** Generates families of a commit once more. */
function remakeAt(commit: string, context: CommitContext): Remake {
  return async (families) => {
    const made = await regenerateFamilies({ ...context, commit, families, known: "ignored" });
    const regenerated = made.ok ? [...made.value] : [];
    return new Map(regenerated.map(([family, { generated }]) => [family, generated]));
  };
}

function sideAt(commit: string, sides: Sides): Side {
  return sides.get(commit) ?? EMPTY;
}

/** Before the first commit of a history. */
const EMPTY: Side = { label: "nothing", families: new Map(), recover: async () => [] };

async function explainCommit(
  { commit, parents }: CheckedCommit,
  sides: Sides,
  context: ExplainContext,
): Promise<Result<readonly Cause[], ExplainFailure>> {
  const [first = EMPTY, ...others] = parents.map((parent) => sideAt(parent, sides));
  const after = others.reduce((side, other) => withoutInherited(side, first, other), sideAt(commit, sides));
  const explained = await explainSides(first, after, context);
  return explained.ok ? ok(explained.value.explanation.causes) : explained;
}

/** What a merge took over from another parent, it did not introduce: there it counts as the first parent has it. */
function withoutInherited(side: Side, first: Side, other: Side): Side {
  const families = new Map<string, ReadonlyMap<string, SideManifest>>();
  for (const family of new Set([...side.families.keys(), ...first.families.keys()])) {
    const [own, old, merged] = [side, first, other].map(({ families: all }) => all.get(family));
    const manifests = new Map<string, SideManifest>();
    for (const name of new Set([...(own?.keys() ?? []), ...(old?.keys() ?? [])])) {
      const now = own?.get(name);
      const kept = isEqual(now, merged?.get(name)) ? old?.get(name) : now;
      if (kept !== undefined) manifests.set(name, kept);
    }
    families.set(family, manifests);
  }
  return { ...side, families };
}

/** Two that are both not there are equal. */
function isEqual(left: SideManifest | undefined, right: SideManifest | undefined): boolean {
  if (left === undefined || right === undefined) return left === right;
  return left.marks.some((mark) => right.marks.includes(mark));
}

/** One change in several commits. */
function joinCauses(known: Cause | undefined, cause: Cause): Cause {
  if (known === undefined || known.scope === cause.scope) return cause;
  const manifests = [...new Set([...known.manifests, ...cause.manifests])].sort();
  return { ...known, manifests, scope: `${known.scope}; ${cause.scope}` };
}

function reportCommit(
  { commit, subject, records, wrong }: CheckedCommit,
  introduced: readonly Cause[],
  naming: Naming,
): ReportedCommit {
  const names = wrong.map((record) => (record.kind === "record" ? naming(record.address) : record.path));
  return { commit, subject, causes: introduced.map(({ id }) => id), records, wrong: names.sort() };
}
