import { runProcess } from "@imagegate/host";
import { expect } from "vitest";
import { git, IDENTITY } from "../git/repository.ts";
import { generate } from "../../src/run/generate.ts";
import type { Project } from "../../src/config/project.ts";
import type { Session } from "../../src/run/session.ts";
import {
  makeWorkspace,
  OFFERED,
  offerManifests,
  orThrow,
  type ConfigText,
  type Workspace,
} from "../workspace.ts";

/** A workspace in git with one family. */
export interface GitWorkspace {
  readonly workspace: Workspace;
  readonly project: Project;
  /** Generates manifests and commits their records. */
  record(subject: string, manifests: Readonly<Record<string, unknown>>): Promise<string>;
  /** Commits everything as it is; gives the commit. */
  commit(subject: string): Promise<string>;
}

/** Makes an empty repository with a family whose records go into commits, a day apart. */
export async function gitWorkspace(session: Session, config: ConfigText = {}): Promise<GitWorkspace> {
  const workspace = makeWorkspace();
  const project = await workspace.family({ generator: OFFERED, ...config });
  workspace.write(".gitignore", "dist\n");
  await git(workspace.root, "init", "--quiet", "--initial-branch=main");
  let day = 0;
  const commit = async (subject: string): Promise<string> => {
    day += 1;
    const date = `2026-01-0${day}T12:00:00+02:00`;
    await git(workspace.root, "add", "--all");
    const outcome = await runProcess(["git", "commit", "--quiet", "--allow-empty", "-m", subject], {
      cwd: workspace.root,
      env: { ...IDENTITY, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date },
    });
    expect(outcome).toMatchObject({ exitCode: 0 });
    return git(workspace.root, "rev-parse", "HEAD");
  };
  return {
    workspace,
    project,
    commit,
    record: async (subject, manifests) => {
      offerManifests(workspace, manifests);
      orThrow(await generate(project, session));
      return commit(subject);
    },
  };
}
