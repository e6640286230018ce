import { visitNotIgnoredFiles, type Tree } from "@nx/devkit";
import { runProcess } from "@imagegate/host";
import { isLookedAt } from "../project/looked-at.ts";

/**
 * The files of a workspace that commits may hold: those that git tracks or does not ignore, and what this generation
 * adds; where git cannot be asked, those that the ignore files in the root leave. Without installed packages, output and
 * hidden folders; sorted.
 */
export async function lookedAtFiles(tree: Tree): Promise<readonly string[]> {
  const listed = await listByGit(tree.root);
  const files = listed === null ? visitFiles(tree) : [...listed, ...addedFiles(tree)];
  return [...new Set(files)].filter((file) => isLookedAt(file) && tree.isFile(file)).toSorted();
}

/** What git tracks or would; null where there is no repository, or no git. */
async function listByGit(root: string): Promise<readonly string[] | null> {
  const argv = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"] as const;
  const outcome = await runProcess(argv, { cwd: root, timeoutMs: 60_000 });
  if (outcome.kind !== "exited" || outcome.exitCode !== 0) return null;
  return Buffer.from(outcome.stdout).toString("utf8").split("\0").slice(0, -1);
}

function addedFiles(tree: Tree): readonly string[] {
  return tree.listChanges().flatMap(({ type, path }) => (type === "CREATE" ? [path] : []));
}

function visitFiles(tree: Tree): readonly string[] {
  const files: string[] = [];
  visitNotIgnoredFiles(tree, ".", (file) => void files.push(file.split("\\").join("/")));
  return files;
}
