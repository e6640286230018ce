/** Where families and pins files are looked for: not in installed packages, output and hidden folders. */
export function isLookedAt(file: string): boolean {
  return !file.split("/").some((part) => part === "node_modules" || part === "dist" || part.startsWith("."));
}
