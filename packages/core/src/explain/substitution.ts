import { isJsonArray, isJsonObject, JsonNumber, type JsonValue } from "../json/value.ts";
import type { ValuePair } from "./manifest-change.ts";

/** Which old values have become which new ones; asked whether that explains another change. */
export class Substitution {
  readonly #byNormal = new Map<string, ReadonlySet<string>>();
  readonly #prefixes = new Map<string, Map<string, string>>();

  constructor(pairs: readonly ValuePair[]) {
    for (const { before, after } of pairs) {
      const [old, now] = [normalise(before), normalise(after)];
      this.#byNormal.set(old, new Set([...(this.#byNormal.get(old) ?? []), now]));
      this.#rememberPrefixes(old, now);
    }
  }

  /** The old value, normalised, through which one value becomes the other; null when nothing explains it. */
  explain(before: JsonValue, after: JsonValue): string | null {
    const used: string[] = [];
    return this.#explainValue(before, after, used) ? (used[0] ?? null) : null;
  }

  #explainValue(before: JsonValue, after: JsonValue, used: string[]): boolean {
    if (before === after) return true;
    if (typeof before === "string")
      return typeof after === "string" && this.#explainText(before, after, used);
    if (before instanceof JsonNumber) {
      return after instanceof JsonNumber && this.#explainText(before.text, after.text, used);
    }
    if (isJsonArray(before)) {
      return (
        isJsonArray(after) &&
        before.length === after.length &&
        before.every((item, index) => this.#explainValue(item, after[index] as JsonValue, used))
      );
    }
    return isJsonObject(before) && isJsonObject(after) && this.#explainObject(before, after, used);
  }

  #explainObject(
    before: ReadonlyMap<string, JsonValue>,
    after: ReadonlyMap<string, JsonValue>,
    used: string[],
  ): boolean {
    if (before.size !== after.size) return false;
    const members = [...after];
    return [...before].every(([key, value], index) => {
      const sameKey = after.get(key);
      if (sameKey !== undefined) return this.#explainValue(value, sameKey, used);
      const [newKey, newValue] = members[index] as [string, JsonValue];
      return this.#explainText(key, newKey, used) && this.#explainValue(value, newValue, used);
    });
  }

  #explainText(before: string, after: string, used: string[]): boolean {
    if (before === after) return true;
    if (before.length > maxTextLength) return false;
    const [old, now] = [before.match(words), after.match(words)];
    if (old === null || now === null || old.length !== now.length) return false;
    if (before.replace(words, "\0") !== after.replace(words, "\0")) return false;
    return old.every((word, index) => word === now[index] || this.#explainWord(word, now[index] ?? "", used));
  }

  #explainWord(before: string, after: string, used: string[]): boolean {
    for (const [old, now] of wordEnds(before, after)) {
      const whole = normalise(old);
      const source = this.#byNormal.get(whole)?.has(normalise(now)) ? whole : this.#explainPrefix(old, now);
      if (source === null) continue;
      used.push(source);
      return true;
    }
    return false;
  }

  /** A name that carries the beginning of a value, such as `luks-67a3`. */
  #explainPrefix(before: string, after: string): string | null {
    if (before.length < minPrefixLength || before.length !== after.length) return null;
    return (
      this.#prefixes
        .get(normalise(before).slice(0, minPrefixLength))
        ?.get(`${normalise(before)} ${normalise(after)}`) ?? null
    );
  }

  #rememberPrefixes(old: string, now: string): void {
    if (old.length < 8) return;
    const start = old.slice(0, minPrefixLength);
    const known = this.#prefixes.get(start) ?? new Map<string, string>();
    for (let length = minPrefixLength; length <= Math.min(12, old.length - 1); length += 1) {
      known.set(`${old.slice(0, length)} ${now.slice(0, length)}`, old);
    }
    this.#prefixes.set(start, known);
  }
}

const minPrefixLength = 4;
/** Longer texts are nobody's reference to a value. */
const maxTextLength = 4_000;

/** Letters, digits and the dashes between them. */
const words = /[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*/g;

/** One value is written in capitals here, without dashes there. */
export function normalise(text: string): string {
  return text.replaceAll("-", "").toLowerCase();
}

/** Two words whole, then without what stands before a dash in both. */
function* wordEnds(before: string, after: string): Generator<readonly [string, string]> {
  yield [before, after];
  for (let dash = before.indexOf("-"); dash !== -1; dash = before.indexOf("-", dash + 1)) {
    if (before.slice(0, dash + 1) !== after.slice(0, dash + 1)) return;
    yield [before.slice(dash + 1), after.slice(dash + 1)];
  }
}
