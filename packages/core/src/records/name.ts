/** Whether a text can name a manifest and, unchanged, a file: `[A-Za-z0-9._+-]+` without a leading dot. */
export function isManifestName(text: string): boolean {
  return /^[A-Za-z0-9_+-][A-Za-z0-9._+-]*$/.test(text);
}

/** The name of a manifest's record file; `extension` holds its dot (`.sum`) or is empty. */
export function recordFileName(name: string, extension: string): string {
  return `${name}${extension}`;
}

/** The manifest that a record file of this name is for, or null when no manifest's record is called so. */
export function recordedManifestName(fileName: string, extension: string): string | null {
  if (!fileName.endsWith(extension)) return null;
  const name = fileName.slice(0, fileName.length - extension.length);
  return isManifestName(name) ? name : null;
}

/**
 * Names that would share a file where letter case is ignored, the same name given twice included.
 * Each group holds at least two names, as given; groups stand in the order of their first names.
 */
export function findNameCollisions(names: readonly string[]): readonly (readonly string[])[] {
  const groups = new Map<string, string[]>();
  for (const name of names) {
    const folded = foldAsciiCase(name);
    const group = groups.get(folded);
    if (group) group.push(name);
    else groups.set(folded, [name]);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}

function foldAsciiCase(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
