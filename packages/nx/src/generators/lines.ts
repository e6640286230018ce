import type { Tree } from "@nx/devkit";

/** A line that a file must have, and those that say the same. */
export interface WantedLine {
  readonly line: string;
  readonly standsFor: readonly string[];
}

/** Appends a line to a file of the tree, unless it has that or an equal one. */
export function appendLine(tree: Tree, path: string, { line, standsFor }: WantedLine): void {
  const text = tree.read(path, "utf8") ?? "";
  const lines = text.split(/\r?\n/).map((each) => each.trim());
  if (standsFor.some((wanted) => lines.includes(wanted))) return;
  const gap = text === "" || text.endsWith("\n") ? "" : "\n";
  tree.write(path, `${text}${gap}${line}\n`);
}
