/** The variables by which a hook, or an outer git, says which repository, index and folder are meant. */
const PLACES: ReadonlySet<string> = new Set([
  "GIT_DIR",
  "GIT_WORK_TREE",
  "GIT_INDEX_FILE",
  "GIT_COMMON_DIR",
  "GIT_PREFIX",
  "GIT_NAMESPACE",
]);

/** This process' environment for a program in another checkout: what a hook was told holds for the hook's own only. */
export function environmentElsewhere(
  env: Readonly<Record<string, string | undefined>> = process.env,
): Record<string, string> {
  const known = Object.entries(env).filter(([name, value]) => value !== undefined && !PLACES.has(name));
  return Object.fromEntries(known) as Record<string, string>;
}
