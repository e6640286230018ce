import type { Cause, CauseClass } from "../src/explain/explanation.ts";

/** What the reader asked for; empty sets and an empty query ask for everything. */
export interface Filter {
  readonly classes: ReadonlySet<CauseClass>;
  /** First parts of names, such as `fedora_43`. */
  readonly scopes: ReadonlySet<string>;
  /** What stands between the parts. */
  readonly separator: string;
  /** Words that must all occur, in any case. */
  readonly query: string;
}

/** Asks for everything. */
export const NO_FILTER: Filter = { classes: new Set(), scopes: new Set(), separator: "-", query: "" };

/** A cause and the text in which it is searched. */
export interface SearchedCause {
  readonly cause: Cause;
  readonly text: string;
}

/** A cause with all in it that can be searched for: its words, diffs, places and the names of its manifests. */
export function searchable(cause: Cause): SearchedCause {
  const { id, kind, title, scope, details, manifests, example } = cause;
  const parts = [
    ...[id, kind, cause.class, title, scope],
    ...details.flatMap(({ text, diff = [] }) => [text, ...diff]),
    ...(example?.edits.map(({ place }) => place) ?? []),
    ...manifests,
  ];
  return { cause, text: parts.join("\n").toLowerCase() };
}

/** Whether a cause is asked for. */
export function isAskedFor({ cause, text }: SearchedCause, filter: Filter): boolean {
  if (filter.classes.size > 0 && !filter.classes.has(cause.class)) return false;
  const isInScope = (name: string): boolean => filter.scopes.has(scopeOf(name, filter.separator));
  if (filter.scopes.size > 0 && !cause.manifests.some(isInScope)) return false;
  return wordsOf(filter.query).every((word) => text.includes(word));
}

/** The names among a cause's that the query itself names; all of them where it names none. */
export function namedManifests(
  names: readonly string[],
  { query, scopes, separator }: Filter,
): readonly string[] {
  const words = wordsOf(query);
  const scoped = scopes.size === 0 ? names : names.filter((name) => scopes.has(scopeOf(name, separator)));
  const named = scoped.filter((name) => words.every((word) => name.toLowerCase().includes(word)));
  return words.length === 0 || named.length === 0 ? scoped : named;
}

/** The first part of a name, such as `fedora_43` of `fedora_43-x86_64-qcow2-empty`. */
function scopeOf(name: string, separator: string): string {
  return name.split(separator, 1)[0] ?? name;
}

/** How many manifests that differ belong to each scope, most first, then by name. */
export function countScopes(
  names: readonly string[],
  separator: string,
): readonly (readonly [scope: string, count: number])[] {
  const counts = new Map<string, number>();
  for (const name of names) {
    const scope = scopeOf(name, separator);
    counts.set(scope, (counts.get(scope) ?? 0) + 1);
  }
  return Array.from(counts).sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
}

function wordsOf(query: string): readonly string[] {
  return query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
}
