import type { ExplainProfile } from "./profile.ts";

/** A name and the values of its parts; a part that a name does not have is the empty text. */
export interface PartedName {
  readonly name: string;
  readonly values: readonly string[];
}

/** Splits a name into its parts; the last takes what is left. */
export function splitName(name: string, { separator, parts }: ExplainProfile): PartedName {
  const pieces = name.split(separator);
  const values = parts.map((_, index) =>
    index === parts.length - 1 ? pieces.slice(index).join(separator) : (pieces[index] ?? ""),
  );
  return { name, values };
}

/** A value that is a release of a family, such as `43` of `fedora`. */
export interface Release {
  readonly family: string;
  readonly release: string;
}

/** Reads a value as a release; null when it is none. */
export function readRelease(value: string, profile: ExplainProfile): Release | null {
  const groups = profile.release.exec(value)?.groups;
  const { family, release } = groups ?? {};
  return family === undefined || release === undefined ? null : { family, release };
}

/** Orders releases by their numbers: 9.10 comes after 9.9. */
export function compareReleases(a: string, b: string): number {
  const [left, right] = [a.split("."), b.split(".")];
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const difference = Number(left[index] ?? -1) - Number(right[index] ?? -1);
    if (difference !== 0) return difference;
  }
  return 0;
}
