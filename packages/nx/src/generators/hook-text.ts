import { parseDocument } from "yaml";

/** The mark by which a second run finds its work done. */
const MARK = "imagegate:";

/** Adds a command to a shell hook right behind its first line, where nothing that ends early can skip it. */
export function addToShellHook(standing: string | null, command: string): string {
  const block = `# ${MARK} what a commit affects must agree with its recorded checksums\n${command} || exit 1\n`;
  if (standing === null || standing.trim() === "") return `#!/bin/sh\n${block}`;
  if (standing.includes(`# ${MARK}`)) return standing;
  const [first = "", ...rest] = standing.split("\n");
  if (!first.startsWith("#!")) return `${block}${standing}`;
  if (!/\b(ba|da|k|z)?sh\b/.test(first))
    throw new Error(`the hook is no shell script (${first}); add by hand: ${command}`);
  return [first, `${block}${rest.join("\n")}`].join("\n");
}

/** Adds a command to `pre-commit` of a lefthook configuration, comments and order kept. */
export function addToLefthook(standing: string, command: string): string {
  const document = parseDocument(standing);
  const [problem] = document.errors;
  if (problem !== undefined) throw new Error(`the lefthook configuration cannot be read: ${problem.message}`);
  const path = ["pre-commit", "commands", "imagegate"];
  if (document.hasIn(path)) return standing;
  document.setIn([...path, "run"], command);
  return document.toString();
}
