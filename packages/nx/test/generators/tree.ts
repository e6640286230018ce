import { createTreeWithEmptyWorkspace } from "@nx/devkit/testing";
import type { Tree } from "@nx/devkit";

/** An empty workspace in memory. */
export function emptyTree(): Tree {
  return createTreeWithEmptyWorkspace();
}

/** The text of a file that must be there. */
export function textOf(tree: Tree, path: string): string {
  const text = tree.read(path, "utf8");
  if (text === null) throw new Error(`${path} is missing`);
  return text;
}
