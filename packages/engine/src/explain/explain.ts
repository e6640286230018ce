import { fail, ok, type Result } from "@imagegate/core";
import type { Explanation } from "@imagegate/core/explain";
import type { Project } from "../config/project.ts";
import type { ExplainFailure } from "../failure.ts";
import { nameCommit, resolveRange, type NamedCommit } from "../git/range.ts";
import { requireRepository } from "../git/repository.ts";
import { pruneWorktrees } from "../git/worktree.ts";
import { cancellable } from "../run/run.ts";
import type { Session } from "../run/session.ts";
import type { CheckReport, RunEvent } from "../report.ts";
import { checkedSides } from "./checked-sides.ts";
import { openCommitSide, type CommitContext } from "./commit-side.ts";
import { explainSides } from "./explain-sides.ts";
import { openFolderSide } from "./folder-side.ts";
import { generatedSide, generateFamilies, remakeIn } from "./generated-side.ts";
import type { Naming } from "./joined-sides.ts";
import { manifestLocations } from "./locations.ts";
import { profileOf } from "./profile.ts";
import type { Side, UnknownText } from "./side.ts";

/** How an explanation is made. */
export interface ExplainOptions {
  readonly signal?: AbortSignal;
  readonly onEvent?: (family: string, event: RunEvent) => void;
  /** Plain words, on one line, for why a manifest's text is not known. */
  readonly wordsFor: (unknown: UnknownText) => string;
}

/** The families of a checkout between two commits. */
export interface RangeQuestion {
  readonly root: string;
  readonly projects: readonly Project[];
  /** Whether `projects` are all of them: else only families of their names are looked at in commits. */
  readonly isWhole: boolean;
  /** `BASE[..HEAD]`; see `resolveRange`. */
  readonly range: string | undefined;
  /** Overrides the configurations. */
  readonly ids?: "none" | "builtin" | "osbuild" | undefined;
}

/** What changed between two sides. */
export interface Explained {
  /** What stands on either side. */
  readonly from: string;
  readonly to: string;
  readonly explanation: Explanation;
  /** How the explanation calls a manifest. */
  readonly nameOf: Naming;
  /** The file to look at for a manifest's name, POSIX, relative to the repository. */
  readonly locations: ReadonlyMap<string, string>;
}

/** A failure and the family that it is about, if it is about one. */
export interface ExplainProblem {
  readonly family: string | null;
  readonly failure: ExplainFailure;
}

/**
 * Explains what changed between two moments of a workspace. The working tree is generated; a commit is what its
 * records say, and its definitions are run only where the store does not know the manifests that they stand for.
 */
export async function explainRange(
  question: RangeQuestion,
  session: Session,
  options: ExplainOptions,
): Promise<Result<Explained, ExplainProblem>> {
  const signal = options.signal ?? new AbortController().signal;
  return settle(signal, async () => {
    const { root, projects, range: text, ids } = question;
    const repository = await requireRepository(root);
    if (!repository.ok) return fail({ family: null, failure: repository.failure });
    const range = await resolveRange(root, text, signal);
    if (!range.ok) return fail({ family: null, failure: range.failure });
    await pruneWorktrees(repository.value);
    const context = { root, repository: repository.value, projects, session, signal, ids };
    const before = await commitSide(range.value.base, context, question);
    if (!before.ok) return before;
    const after = range.value.isWorkingTree
      ? await workingSide(question, session, { ...options, signal })
      : await commitSide(range.value.head, context, question);
    if (!after.ok) return after;
    const profile = profileOf(projects);
    const explained = await explainSides(before.value, after.value, { ...options, session, signal, profile });
    if (!explained.ok) return fail({ family: null, failure: explained.failure });
    const { explanation, addressOf, nameOf } = explained.value;
    const locations = manifestLocations(explanation, addressOf, {
      projects,
      prefix: repository.value.prefix,
    });
    return ok({ from: before.value.label, to: after.value.label, explanation, nameOf, locations });
  });
}

/** Two folders of manifests, absolute. */
export interface FolderQuestion {
  readonly from: string;
  readonly to: string;
  /** The families whose configurations say how names are read; none is the default. */
  readonly projects: readonly Project[];
}

/** Explains what differs between two folders of manifests, which are paired by their paths below them. */
export async function explainFolders(
  { from, to, projects }: FolderQuestion,
  session: Session,
  options: ExplainOptions,
): Promise<Result<Explained, ExplainProblem>> {
  const signal = options.signal ?? new AbortController().signal;
  return settle(signal, async () => {
    const before = await openFolderSide(from);
    if (!before.ok) return fail({ family: null, failure: before.failure });
    const after = await openFolderSide(to);
    if (!after.ok) return fail({ family: null, failure: after.failure });
    if (isEmpty(before.value) && isEmpty(after.value)) {
      return fail({ family: null, failure: { reason: "folders-empty", paths: [from, to] } });
    }
    const profile = profileOf(projects);
    const explained = await explainSides(before.value, after.value, { ...options, session, signal, profile });
    if (!explained.ok) return fail({ family: null, failure: explained.failure });
    const { explanation, nameOf } = explained.value;
    return ok({ from, to, explanation, nameOf, locations: new Map() });
  });
}

/**
 * Explains what a check found: the records against what the definitions make. Manifests that the store does not know
 * any more are made anew by the commit that is checked out, if it recorded them.
 */
export async function explainCheck(
  { root, projects, reports }: CheckQuestion,
  session: Session,
  options: ExplainOptions,
): Promise<Result<Explained, ExplainProblem>> {
  const signal = options.signal ?? new AbortController().signal;
  return settle(signal, async () => {
    const repository = await requireRepository(root);
    const head = repository.ok ? await nameCommit(root, "HEAD") : repository;
    const committed = repository.ok && head.ok ? { repository: repository.value, head: head.value } : null;
    if (committed !== null) await pruneWorktrees(committed.repository);
    const { before, after } = checkedSides({ projects, reports, committed }, session, signal);
    const profile = profileOf(projects);
    const explained = await explainSides(before, after, { ...options, session, signal, profile });
    if (!explained.ok) return fail({ family: null, failure: explained.failure });
    const { explanation, addressOf, nameOf } = explained.value;
    const prefix = committed?.repository.prefix ?? "";
    const locations = manifestLocations(explanation, addressOf, { projects, prefix });
    return ok({ from: before.label, to: after.label, explanation, nameOf, locations });
  });
}

/** What a check found in a workspace. */
export interface CheckQuestion {
  readonly root: string;
  readonly projects: readonly Project[];
  readonly reports: readonly CheckReport[];
}

function isEmpty({ families }: Side): boolean {
  return [...families.values()].every(({ size }) => size === 0);
}

/** What goes wrong after a cancellation is the cancellation. */
async function settle(
  signal: AbortSignal,
  work: () => Promise<Result<Explained, ExplainProblem>>,
): Promise<Result<Explained, ExplainProblem>> {
  const settled = await cancellable<Explained, ExplainProblem>(signal, work);
  if (settled.ok || "failure" in settled.failure) return settled as Result<Explained, ExplainProblem>;
  return fail({ family: null, failure: settled.failure });
}

async function commitSide(
  named: NamedCommit,
  context: CommitContext,
  { projects, isWhole }: RangeQuestion,
): Promise<Result<Side, ExplainProblem>> {
  const side = await openCommitSide(named, context);
  if (!side.ok) return fail({ family: null, failure: side.failure });
  const label = nameMoment(named);
  if (isWhole) return ok({ ...side.value, label });
  const wanted = new Set(projects.map(({ family }) => family));
  const families = [...side.value.families].filter(([family]) => wanted.has(family));
  return ok({ ...side.value, label, families: new Map(families) });
}

/** A commit as people know it, and enough of its name to find it. */
function nameMoment({ name, commit }: NamedCommit): string {
  return commit.startsWith(name) ? commit.slice(0, 12) : `${name} (${commit.slice(0, 12)})`;
}

async function workingSide(
  { projects, ids }: RangeQuestion,
  session: Session,
  { signal, onEvent }: ExplainOptions & { readonly signal: AbortSignal },
): Promise<Result<Side, ExplainProblem>> {
  const families = await generateFamilies(projects, session, { signal, ids, onEvent });
  if (!families.ok) return families;
  const remake = remakeIn(projects, session, { signal, ids });
  const { root: storeRoot } = session.store;
  return ok(generatedSide("the working tree", families.value, { storeRoot, remake }));
}
