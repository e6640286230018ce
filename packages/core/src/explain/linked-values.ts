import type { PlacedDifference } from "../compare/position.ts";
import { JsonNumber, type JsonValue } from "../json/value.ts";
import { joinContents } from "./content.ts";
import { explainBy } from "./counterparts.ts";
import { groupBy, type Finding } from "./finding.ts";
import type { ValuePair } from "./manifest-change.ts";
import { signedNumber } from "./number-words.ts";
import { fieldOf } from "./places.ts";
import { isInSources } from "./raw-differences.ts";
import { Substitution, normalise } from "./substitution.ts";

/** A value that is somebody's own: whatever becomes the same new one elsewhere is a consequence. */
interface StrongPair extends ValuePair {
  readonly kind: "id" | "number";
  readonly difference: PlacedDifference;
}

/**
 * One value that stands in many places. Strong pairs of an old and a new value (identifiers, long numbers) are put in
 * the place of the old ones everywhere: what that explains is a consequence of the place that sets the value.
 */
export function readLinkedValues(open: readonly PlacedDifference[]): readonly Finding[] {
  const changes = open.filter((difference) => !isInSources(difference));
  const pairs = changes.flatMap((difference) => strongPair(difference) ?? []);
  const byOld = groupBy(pairs, ({ before }) => normalise(before));
  const explained = groupBy(explainBy(new Substitution(pairs), changes), ({ through }) => through);
  const roots = [...explained].flatMap(([through, places]) => {
    const setting = rootOf(byOld.get(through) ?? []);
    const claims = places.flatMap(({ differences }) => differences);
    return setting === undefined ? [] : [{ setting, claims }];
  });
  const groups = groupBy(roots, ({ setting }) => subjectOf(setting));
  return [...groups].slice(0, maxFields).map(([subject, group]) => describeValues(subject, group));
}

/** How many kinds of values are told by themselves. */
const maxFields = 200;

/** Pipelines under another name, with all that refers to them by it; nothing else gets built. */
export function readPipelineNames(open: readonly PlacedDifference[]): readonly Finding[] {
  const names = open.flatMap((difference) => {
    const { place, path, change } = difference;
    if (place.kind !== "pipeline" || path.length !== 1 || path[0] !== "name" || change !== "changed")
      return [];
    const [before, after] = [difference.before.value, difference.after.value];
    return typeof before === "string" && typeof after === "string" ? [{ before, after }] : [];
  });
  const explained = groupBy(
    explainBy(
      new Substitution(names),
      open.filter((difference) => !isInSources(difference)),
    ),
    ({ through }) => through,
  );
  return names.map(({ before, after }) => ({
    kind: "edit",
    class: "visible-only",
    subject: `pipeline ${before} renamed ${after}`,
    variant: "",
    text: `pipeline ${before} is called ${after}`,
    general: `pipeline ${before} is called ${after}`,
    claims: (explained.get(normalise(before)) ?? []).flatMap(({ differences }) => differences),
  }));
}

interface Root {
  readonly setting: StrongPair;
  readonly claims: readonly PlacedDifference[];
}

function strongPair(difference: PlacedDifference): StrongPair | null {
  if (difference.change !== "changed") return null;
  const [old, now] = [scalarText(difference.before.value), scalarText(difference.after.value)];
  if (old === null || now === null) return null;
  const kind = isIdPair(old, now) ? "id" : isLongNumber(old) && isLongNumber(now) ? "number" : null;
  return kind === null ? null : { kind, before: old, after: now, difference };
}

function scalarText(value: JsonValue): string | null {
  if (value instanceof JsonNumber) return value.text;
  return typeof value === "string" ? value : null;
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const hexadecimal = /^(?=.*[0-9])[0-9a-f]{8,}$|^[0-9a-f]{4}-[0-9a-f]{4}$/i;

/** Identifiers of one shape, of which at least one cannot be a plain number. */
function isIdPair(before: string, after: string): boolean {
  if (uuid.test(before)) return uuid.test(after);
  if (before.length !== after.length || !hexadecimal.test(before) || !hexadecimal.test(after)) return false;
  return !isLongNumber(before) || !isLongNumber(after);
}

function isLongNumber(text: string): boolean {
  return /^-?[1-9][0-9]{3,18}$/.test(text);
}

/** The place that sets the value: an option of a stage that works on devices, else any option, else the first. */
function rootOf(pairs: readonly StrongPair[]): StrongPair | undefined {
  return pairs.toSorted((a, b) => rank(a) - rank(b))[0];
}

function rank({ difference: { place, path } }: StrongPair): number {
  if (place.kind !== "stage" || path[0] !== "options") return 2;
  return /\.(?:mkfs|mkswap|sfdisk|sgdisk|luks2|lvm2|parted|truncate)\b/.test(place.stage) ? 0 : 1;
}

function subjectOf(setting: StrongPair): string {
  const field = fieldOf(setting.difference.path);
  return setting.kind === "id" ? `id ${field}` : `number ${field} ${deltaOf(setting)}`;
}

function deltaOf({ before, after }: ValuePair): bigint {
  return BigInt(after) - BigInt(before);
}

/** A digest stands for content; other identifiers are drawn, and another draw is the same change. */
function isDigestPair({ before, after }: ValuePair): boolean {
  return digest.test(before) || digest.test(after);
}

const digest = /^(?:[0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{96}|[0-9a-f]{128})$/i;

function describeValues(subject: string, group: readonly Root[]): Finding {
  const { setting } = group[0] as Root;
  const field = fieldOf(setting.difference.path);
  const values = group.map(({ setting: { before, after } }) => ({ before, after }));
  const words = setting.kind === "id" ? "another identifier" : signedNumber(deltaOf(setting));
  const shown = values.length === 1 ? `${setting.before} → ${setting.after}` : words;
  return {
    kind: "linked-value",
    subject,
    variant: values.map(({ before, after }) => `${before} ${after}`).join(" "),
    text: `${field}: ${shown}`,
    general: `${field}: ${words}`,
    content: joinContents(values.filter(isDigestPair).map(({ before, after }) => `${before} ${after}`)),
    values,
    claims: group.flatMap(({ claims }) => claims),
  };
}
