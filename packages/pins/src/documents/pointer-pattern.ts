import type { JsonPath } from "@imagegate/core";

/** A step of a pattern: a key or an index, or any of them. */
type Step = { readonly kind: "name"; readonly name: string } | { readonly kind: "any" };

/** A JSON Pointer (RFC 6901) in which a step `*` stands for every member; `**` is a key that is called `*`. */
export type PointerPattern = readonly Step[];

/** A value that a pattern leads to. */
export interface Match {
  readonly path: JsonPath;
  readonly value: unknown;
}

/** What a pattern may look like, for schemas. */
export const POINTER_PATTERN = /^(?:\/(?:[^~/]|~[01])*)*$/;

/** Reads a pattern of the form `POINTER_PATTERN`. */
export function parsePointerPattern(text: string): PointerPattern {
  return text
    .split("/")
    .slice(1)
    .map((step) => {
      if (step === "*") return { kind: "any" };
      const name = step.replaceAll("~1", "/").replaceAll("~0", "~");
      return { kind: "name", name: name === "**" ? "*" : name };
    });
}

/** All values that a pattern leads to from one, in the document's order. */
export function matchPattern(pattern: PointerPattern, { path, value }: Match): readonly Match[] {
  let matches: readonly Match[] = [{ path, value }];
  for (const step of pattern) matches = matches.flatMap((match) => membersOf(match, step));
  return matches;
}

function membersOf({ path, value }: Match, step: Step): readonly Match[] {
  if (typeof value !== "object" || value === null) return [];
  const keys: readonly (string | number)[] = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  return keys
    .filter((key) => step.kind === "any" || String(key) === step.name)
    .map((key) => ({ path: [...path, key], value: (value as Record<string | number, unknown>)[key] }));
}
