import { join } from "node:path";
import { fail, type Result } from "@imagegate/core";
import { runProcess, type Argv } from "@imagegate/host";
import type { Project } from "../config/project.ts";
import { discoverProjects } from "../config/workspace.ts";
import type { CheckoutFailure } from "../failure.ts";
import { environmentElsewhere } from "../git/environment.ts";
import type { Repository } from "../git/repository.ts";
import { listTree } from "../git/tree.ts";
import { withWorktree } from "../git/worktree.ts";
import { hasPackages, reuseDependencies } from "./dependencies.ts";

/** A commit that is to be checked out beside the user's checkout. */
export interface CheckoutPlan {
  readonly repository: Repository;
  readonly commit: string;
  /** The families as they stand in the user's checkout: their `setup` speaks for commits that have none. */
  readonly projects: readonly Project[];
  readonly signal?: AbortSignal | undefined;
}

/** Half an hour, for an installation and a build. */
const SETUP_TIMEOUT_MS = 1_800_000;

/**
 * Works with the families of a commit in a temporary checkout that is ready to generate: packages in place, `setup`
 * run. The families' definitions, and the packages of the repository that they import, are those of the commit.
 */
export async function withCheckout<T, F>(
  plan: CheckoutPlan,
  work: (projects: readonly Project[]) => Promise<Result<T, F>>,
): Promise<Result<T, F | CheckoutFailure>> {
  const { repository, commit, signal } = plan;
  return withWorktree<T, F | CheckoutFailure>(
    repository,
    commit,
    async (top) => {
      const projects = await prepare(top, plan);
      return projects.ok ? work(projects.value) : projects;
    },
    signal,
  );
}

async function prepare(
  top: string,
  plan: CheckoutPlan,
): Promise<Result<readonly Project[], CheckoutFailure>> {
  const { repository, commit, signal } = plan;
  const root = join(top, repository.prefix);
  const files = await listTree(repository.top, commit, { signal });
  if (!files.ok) return files;
  const paths = files.value.map(({ path }) => path);
  const reused = await reuseDependencies({ from: repository.top, to: top }, paths);
  const discovered = await discoverProjects(root);
  if (!discovered.ok) return fail({ reason: "checkout-configs", causes: discovered.failure });
  const own = setupsOf(discovered.value);
  const setups = own.length > 0 ? own : setupsOf(plan.projects);
  for (const argv of setups) {
    const env = { ...environmentElsewhere() };
    const outcome = await runProcess(argv, {
      ...{ cwd: root, env, envMode: "replace", timeoutMs: SETUP_TIMEOUT_MS },
      ...(signal === undefined ? {} : { signal }),
    });
    if (outcome.kind !== "exited" || outcome.exitCode !== 0)
      return fail({
        reason: "setup-failed",
        argv,
        commit,
        saidBy: own.length > 0 ? "commit" : "checkout",
        outcome,
      });
  }
  const [lockFile] = reused.differing;
  if (lockFile === undefined) return discovered;
  const bare = discovered.value.find(
    (project) => needsPackages(project) && !hasPackages(root, project.folder),
  );
  return bare === undefined
    ? discovered
    : fail({ reason: "setup-needed", lockFile, hasSetup: setups.length > 0 });
}

/** Each command once, in the families' order. */
function setupsOf(projects: readonly Project[]): readonly Argv[] {
  const setups = projects.flatMap(({ config }) => (config.setup === undefined ? [] : [config.setup]));
  return [...new Map(setups.map((argv) => [JSON.stringify(argv), argv as unknown as Argv])).values()];
}

/** Programs say themselves what they miss. */
function needsPackages({ config }: Project): boolean {
  return config.generator.kind === "module";
}
