import { freemem } from "node:os";
import { fail, ok, type Result } from "@imagegate/core";
import pLimit from "p-limit";
import {
  regenerateFamilies,
  type GeneratedManifests,
  type RegeneratedFamilies,
} from "../checkout/regenerate.ts";
import { isInstalledIn } from "../checkout/dependencies.ts";
import type { Project } from "../config/project.ts";
import type { CheckoutFailure, CommitFailure, EachFailure, RunFailure } from "../failure.ts";
import { listCommits, type ListedCommit } from "../git/commit-list.ts";
import { parseRange, resolveRange, type NamedCommit } from "../git/range.ts";
import { requireRepository, type Repository } from "../git/repository.ts";
import { pruneWorktrees } from "../git/worktree.ts";
import { cancellable } from "../run/run.ts";
import type { Session } from "../run/session.ts";
import { readCommittedProjects, type CommittedProjects } from "../snapshot/committed-projects.ts";
import { readCommittedRecords } from "../snapshot/committed-records.ts";
import { inputKey } from "./input-key.ts";
import { orphanedFiles, wrongRecords, type WrongRecord } from "./judged-commit.ts";

/** The commits that are checked. */
export interface EachQuestion {
  readonly root: string;
  /** The families as they stand in the checkout. */
  readonly projects: readonly Project[];
  /** `BASE..HEAD`; without a base, from where the branch parted from its upstream. */
  readonly range: string | undefined;
  /** Overrides the configurations. */
  readonly ids?: "none" | "builtin" | "osbuild" | undefined;
}

/** How commits are checked. */
export interface EachOptions {
  readonly signal: AbortSignal;
  /** Called when a commit's definitions begin to be generated. */
  readonly onCommit?: ((commit: ListedCommit, done: number, total: number) => void) | undefined;
}

/** A commit and what came of its definitions. */
export interface CheckedCommit extends ListedCommit {
  readonly records: "same" | "differ" | "undecided";
  /** Sorted by path. */
  readonly wrong: readonly WrongRecord[];
  /** What its definitions make, by family; of families that could be generated. */
  readonly generated: ReadonlyMap<
    string,
    { readonly project: Project; readonly manifests: GeneratedManifests }
  >;
  /** Why it could not be decided; a family, where one is to blame. */
  readonly problems: readonly CommitProblem[];
}

/** What kept a commit from being decided. */
export interface CommitProblem {
  readonly family: string | null;
  readonly failure: CommitFailure | CheckoutFailure | RunFailure;
}

/** Every commit of a range, checked. */
export interface CheckedRange {
  readonly repository: Repository;
  readonly base: NamedCommit;
  readonly head: NamedCommit;
  /** Parents before children; at least one. */
  readonly commits: readonly CheckedCommit[];
  /** How many times a family was generated: equal inputs are not run twice. */
  readonly generations: number;
}

/** Checks every commit of a range: its records against its own definitions, run in checkouts of their own. */
export async function checkEach(
  question: EachQuestion,
  session: Session,
  options: EachOptions,
): Promise<Result<CheckedRange, EachFailure | RunFailure>> {
  return cancellable<CheckedRange, EachFailure>(options.signal, () => checkRange(question, session, options));
}

async function checkRange(
  question: EachQuestion,
  session: Session,
  options: EachOptions,
): Promise<Result<CheckedRange, EachFailure>> {
  const { root, range: text } = question;
  const repository = await requireRepository(root);
  if (!repository.ok) return repository;
  const range = await resolveRange(root, withHead(text), options.signal);
  if (!range.ok) return range;
  const { base, head } = range.value;
  const listed = await listCommits(root, { base: base.commit, head: head.commit }, options.signal);
  if (!listed.ok) return listed;
  if (listed.value.length === 0) return fail({ reason: "range-empty", base: base.name, head: head.name });
  await pruneWorktrees(repository.value);
  const run = { question, session, options, repository: repository.value };
  const held: HeldCommit[] = [];
  for (const commit of listed.value) held.push({ commit, ...(await readCommit(commit, run)) });
  const generated = await generateAll(held, run);
  const commits: CheckedCommit[] = [];
  for (const each of held) {
    const judged = await judgeCommit(each, generated, run);
    if (!judged.ok) return judged;
    commits.push(judged.value);
  }
  return ok({ repository: repository.value, base, head, commits, generations: generated.size });
}

interface Run {
  readonly question: EachQuestion;
  readonly session: Session;
  readonly options: EachOptions;
  readonly repository: Repository;
}

/** A commit with its families, and the key of each family's inputs. */
interface HeldCommit {
  readonly commit: ListedCommit;
  readonly committed: Result<CommittedProjects, CommitFailure>;
  readonly keys: ReadonlyMap<string, string>;
}

/** What became of a family's inputs, by their key. */
type Generated = ReadonlyMap<string, Result<GeneratedManifests, CheckoutFailure | RunFailure>>;

/** Commits are checked, not the working tree. */
function withHead(text: string | undefined): string {
  const { base, head, isFromFork } = parseRange(text);
  return `${base ?? ""}${isFromFork && base !== null ? "..." : ".."}${head ?? "HEAD"}`;
}

async function readCommit(
  { commit, tree }: ListedCommit,
  { question, options, repository }: Run,
): Promise<Omit<HeldCommit, "commit">> {
  const committed = await readCommittedProjects(question.root, commit, options.signal);
  if (!committed.ok) return { committed, keys: new Map() };
  const { projects, files } = committed.value;
  const hasSetup = [...projects, ...question.projects].some(({ config }) => config.setup !== undefined);
  const isTop = repository.prefix === "";
  const isPackage = await isInstalledIn(question.root);
  const inputs = { tree, files, projects, isTop, hasSetup, isPackage };
  return {
    committed,
    keys: new Map(projects.map((project) => [project.family, inputKey(project, inputs)])),
  };
}

/** Runs the definitions of each distinct input once, at the first commit that has it. */
async function generateAll(held: readonly HeldCommit[], run: Run): Promise<Generated> {
  const generated = new Map<string, Result<GeneratedManifests, CheckoutFailure | RunFailure>>();
  const planned = new Set<string>();
  const jobs = held.flatMap(({ commit, keys }) => {
    const fresh = [...keys].filter(([, key]) => !planned.has(key));
    for (const [, key] of fresh) planned.add(key);
    return fresh.length === 0 ? [] : [{ commit, families: new Map(fresh) }];
  });
  const lanes = laneCount(run.session.concurrency, jobs.length);
  const concurrency = Math.max(1, Math.floor(run.session.concurrency / lanes));
  await pLimit(lanes).map(jobs, async ({ commit, families }, index) => {
    run.options.signal.throwIfAborted();
    run.options.onCommit?.(commit, index, jobs.length);
    const { repository, session, question, options } = run;
    const made = await regenerateFamilies({
      ...{ repository, session, concurrency, commit: commit.commit, projects: question.projects },
      ...{ signal: options.signal, ids: question.ids, families: new Set(families.keys()) },
    });
    for (const [family, key] of families) generated.set(key, resultOf(made, family));
  });
  return generated;
}

function resultOf(
  made: Result<RegeneratedFamilies, CheckoutFailure>,
  family: string,
): Result<GeneratedManifests, CheckoutFailure | RunFailure> {
  if (!made.ok) return made;
  const regenerated = made.value.get(family);
  if (regenerated === undefined) throw new Error(`a checkout has no family ${family}, and its commit has`);
  return regenerated.generated;
}

/** What a generator with its threads is reckoned to need. */
const LANE_BYTES = 2 * 1024 ** 3;
const MAX_LANES = 4;

/** How many checkouts are generated side by side: no more than threads, and than there is memory for. */
function laneCount(concurrency: number, jobs: number): number {
  const fitting = Math.floor(freemem() / LANE_BYTES);
  return Math.max(1, Math.min(concurrency, jobs, fitting, MAX_LANES));
}

async function judgeCommit(
  { commit, committed, keys }: HeldCommit,
  generated: Generated,
  { question, options }: Run,
): Promise<Result<CheckedCommit, CommitFailure>> {
  const undecided = { ...commit, records: "undecided" as const, wrong: [], generated: new Map() };
  if (!committed.ok) return ok({ ...undecided, problems: [{ family: null, failure: committed.failure }] });
  const { projects, files } = committed.value;
  const records = await readCommittedRecords(question.root, { projects, files }, options.signal);
  if (!records.ok) return records;
  const wrong: WrongRecord[] = [...orphanedFiles(files, projects)];
  const problems: CommitProblem[] = [];
  const made = new Map<string, { project: Project; manifests: GeneratedManifests }>();
  for (const [index, project] of projects.entries()) {
    const { family } = project;
    const result = generated.get(keys.get(family) ?? "");
    const recorded = records.value[index];
    if (result === undefined || recorded === undefined) throw new Error(`${family} was not generated`);
    if (!result.ok) {
      problems.push({ family, failure: result.failure });
      continue;
    }
    made.set(family, { project, manifests: result.value });
    wrong.push(...wrongRecords(project, recorded, result.value));
  }
  wrong.sort((left, right) => (left.path < right.path ? -1 : 1));
  const decided = wrong.length > 0 ? "differ" : "same";
  return ok({
    ...commit,
    ...{ records: problems.length > 0 ? "undecided" : decided, wrong, generated: made, problems },
  });
}
