import type { Tree } from "@nx/devkit";

/** Writes a workflow; one of that name that has other contents is replaced only by force. */
export function writeWorkflow(
  tree: Tree,
  path: string,
  { text, force }: { readonly text: string; readonly force: boolean },
): void {
  const standing = tree.read(path, "utf8");
  if (standing === text) return;
  if (standing !== null && !force) throw new Error(`${path} has other contents; --force replaces it`);
  tree.write(path, text);
}
