const SIZE_UNITS: ReadonlyMap<string, number> = new Map([
  ["", 1],
  ["B", 1],
  ["KB", 1e3],
  ["MB", 1e6],
  ["GB", 1e9],
  ["KiB", 2 ** 10],
  ["MiB", 2 ** 20],
  ["GiB", 2 ** 30],
]);

const DURATION_UNITS: ReadonlyMap<string, number> = new Map([
  ["s", 1000],
  ["m", 60 * 1000],
  ["h", 60 * 60 * 1000],
]);

const DAY_MS = 24 * 60 * 60 * 1000;
const AGE_UNITS: ReadonlyMap<string, number> = new Map([
  ["m", 60 * 1000],
  ["h", 60 * 60 * 1000],
  ["d", DAY_MS],
  ["w", 7 * DAY_MS],
]);

/** Turns what was given into values, option by option, and gathers all that is wrong. */
export class OptionReader {
  readonly problems: string[] = [];
  readonly #given: Readonly<Record<string, unknown>>;

  /** `given` is keyed as cac does it, in camel case. */
  constructor(given: Readonly<Record<string, unknown>>) {
    this.#given = given;
  }

  flag(name: string): boolean {
    const value = this.#value(name);
    if (value === undefined || typeof value === "boolean") return value === true;
    this.problems.push(`--${name} is given once and without a value`);
    return false;
  }

  text(name: string): string | undefined {
    const value = this.#value(name);
    if (value === undefined || (typeof value === "string" && value !== "")) return value;
    this.problems.push(`--${name} is given once and with one value`);
    return undefined;
  }

  /** Texts of an option that may be given several times, each maybe a list with commas. */
  texts(name: string): readonly string[] {
    const value = this.#value(name);
    const texts = value === undefined ? [] : [value].flat();
    const words = texts.flatMap((text) => (typeof text === "string" ? text.split(",") : [""]));
    if (!words.includes("")) return words;
    this.problems.push(`--${name} takes a value, or several with commas`);
    return [];
  }

  /** A whole number from 1. */
  count(name: string): number | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    if (/^[1-9][0-9]{0,8}$/.test(text)) return Number(text);
    this.#refuse(name, "a whole number from 1", text);
    return undefined;
  }

  /** One of several equal parts, as `3/8`. */
  part(name: string): { readonly index: number; readonly count: number } | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const [, index = 0, count = 0] = /^([1-9][0-9]{0,5})\/([1-9][0-9]{0,5})$/.exec(text)?.map(Number) ?? [];
    if (index > 0 && index <= count) return { index, count };
    this.#refuse(name, "a part such as 3/8, from 1/8 to 8/8", text);
    return undefined;
  }

  choice<T extends string>(name: string, choices: readonly T[]): T | undefined {
    const text = this.text(name);
    const choice = choices.find((candidate) => candidate === text);
    if (text !== undefined && choice === undefined) this.#refuse(name, `one of ${choices.join(", ")}`, text);
    return choice;
  }

  /** Bytes, such as `500MB` or `1GiB`. */
  size(name: string): number | undefined {
    return this.#measure(name, SIZE_UNITS, "a size such as 500MB or 1GiB");
  }

  /** Milliseconds, of `12h` or `30d`. */
  age(name: string): number | undefined {
    return this.#measure(name, AGE_UNITS, "an age such as 12h or 30d");
  }

  /** Milliseconds, of `90s` or `2h`. */
  duration(name: string): number | undefined {
    return this.#measure(name, DURATION_UNITS, "a duration such as 90s or 2h");
  }

  #measure(name: string, units: ReadonlyMap<string, number>, expected: string): number | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const [, digits = "", unit = ""] = /^([0-9]{1,12})([A-Za-z]*)$/.exec(text) ?? [];
    const factor = units.get(unit);
    if (digits !== "" && factor !== undefined) return Number(digits) * factor;
    this.#refuse(name, expected, text);
    return undefined;
  }

  #refuse(name: string, expected: string, found: string): void {
    this.problems.push(`--${name} takes ${expected}, not ${JSON.stringify(found)}`);
  }

  #value(name: string): unknown {
    return this.#given[name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())];
  }
}
