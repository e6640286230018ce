/** A pipeline's name as a record writes it: plain when it is of `[A-Za-z0-9._+-]+`, else a JSON string. */
export function formatPipelineName(name: string): string {
  return isPlain(name) ? name : JSON.stringify(name);
}

/** The name that a record's text spells, or null unless it is the one spelling that `formatPipelineName` gives. */
export function parsePipelineName(text: string): string | null {
  if (isPlain(text)) return text;
  const name = parseJsonString(text);
  return name !== null && !hasLoneSurrogate(name) && formatPipelineName(name) === text ? name : null;
}

function isPlain(text: string): boolean {
  return /^[A-Za-z0-9._+-]+$/.test(text);
}

function parseJsonString(text: string): string | null {
  if (!text.startsWith('"')) return null;
  try {
    return JSON.parse(text) as string;
  } catch {
    return null;
  }
}

function hasLoneSurrogate(text: string): boolean {
  return /\p{Surrogate}/u.test(text);
}
