import { expect } from "vitest";
import { placeDifferences } from "../../src/compare/differences.ts";
import { Catalogue } from "../../src/explain/catalogue.ts";
import { findReasons } from "../../src/explain/describe-change.ts";
import { defaultProfile } from "../../src/explain/profile.ts";
import { rawDifferences } from "../../src/explain/raw-differences.ts";
import { readJson } from "../../src/json/read.ts";
import type { JsonTape } from "../../src/json/tape.ts";
import { valueOf, type JsonValue } from "../../src/json/value.ts";
import { canonicalDocument } from "../../src/osbuild/sections.ts";
import { withoutDifferences } from "../compare/documents.ts";
import { EDITS, findPlaces, type Random } from "../mutations.ts";

/**
 * Proves that the findings of two documents are all that differs: every difference is claimed once, and the documents
 * without the claimed places are equal.
 */
export function expectComplete(before: JsonTape, after: JsonTape): void {
  const raw = rawDifferences(before, after);
  const findings = findReasons(raw, {
    before: { tape: before, sources: new Catalogue(before) },
    after: { tape: after, sources: new Catalogue(after) },
    profile: defaultProfile,
  });
  const claims = findings.flatMap((finding) => finding.claims);
  expect(claims.length).toBe(raw.length);
  expect(new Set(claims)).toEqual(new Set(raw));
  const [old, now] = [valueOf(before), valueOf(after)];
  expect(
    isEqualText(withoutDifferences(old, claims, "before"), withoutDifferences(now, claims, "after")),
  ).toBe(true);
  expect(claims.length === 0).toBe(canonical(before) === canonical(after));
}

/** Proves that leaving out what is equal leaves the differences as they are. */
export function expectSameDifferences(before: JsonTape, after: JsonTape): void {
  const whole = placeDifferences(valueOf(before), valueOf(after));
  const parts = rawDifferences(before, after);
  const known = new Set(pointersOf(parts));
  for (const pointer of pointersOf(whole)) expect(known).toContain(pointer);
}

function pointersOf(
  differences: readonly { readonly change: string; readonly before?: object; readonly after?: object }[],
): readonly string[] {
  return differences.map(({ change, before, after }) =>
    JSON.stringify([change, pointerOf(before), pointerOf(after)]),
  );
}

function pointerOf(located: object | undefined): unknown {
  return located !== undefined && "pointer" in located ? located.pointer : null;
}

/** Edits a document several times at random; undefined where an edit did not fit. */
export function mutate(tape: JsonTape, edits: number, random: Random): JsonTape | undefined {
  const kinds = Object.values(EDITS);
  let current: JsonTape | undefined = tape;
  for (let edit = 0; edit < edits && current !== undefined; edit += 1) {
    const bytes: Buffer | undefined = kinds[random(kinds.length)]?.(findPlaces(current), random);
    // The same member twice is no document.
    const read: ReturnType<typeof readJson> | undefined = bytes && readJson(bytes);
    current = read?.ok === true ? read.value : undefined;
  }
  return current;
}

function canonical(tape: JsonTape): string {
  return canonicalDocument(tape).bytes.toString("latin1");
}

/** Values print alike exactly when they are equal; numbers by their text. */
function isEqualText(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  return print(a) === print(b);
}

function print(value: JsonValue | undefined): string {
  return JSON.stringify(value, (_, member: unknown) =>
    member instanceof Map
      ? { members: [...member].toSorted(([x], [y]) => (String(x) < String(y) ? -1 : 1)) }
      : member,
  );
}
