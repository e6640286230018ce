import type { LineGroup } from "./joining.ts";
import type { Line } from "./lines.ts";

/** How many names a title tells, and how many lines. */
const maxTitleNames = 6;
const maxTitleLines = 3;

/** One line for a whole cause. */
export function titleOf({ lines }: LineGroup): string {
  const packages = lines.filter((line) => markOf(line) !== undefined);
  const others = lines.filter((line) => markOf(line) === undefined).map(lineText);
  const parts = [...(packages.length === 0 ? [] : [packageTitle(packages)]), ...others];
  const rest = parts.length - maxTitleLines;
  return rest > 0 ? `${parts.slice(0, maxTitleLines).join("; ")}; and ${rest} more` : parts.join("; ");
}

function markOf(line: Line): { readonly sign: string; readonly name: string } | undefined {
  return line.occurrences[0]?.item.package ?? undefined;
}

function packageTitle(lines: readonly Line[]): string {
  const named = (sign: string): string => {
    const names = lines
      .filter((line) => markOf(line)?.sign === sign)
      .map((line) => markOf(line)?.name ?? "")
      .toSorted();
    if (names.length === 0) return "";
    const rest = names.length - maxTitleNames;
    return ` ${sign} ${names.slice(0, maxTitleNames).join(", ")}${rest > 0 ? ` and ${rest} more` : ""}`;
  };
  const others = lines.filter((line) => !["+", "−"].includes(markOf(line)?.sign ?? ""));
  const words = others.slice(0, maxTitleNames).map(lineText).join(", ");
  return `packages:${named("+")}${named("−")}${words === "" ? "" : ` ${words}`}`;
}

/** One line in words: with its values where they are the same everywhere. */
export function lineText({ occurrences, variant }: Line): string {
  const item = occurrences[0]?.item;
  return (variant === null ? item?.general : item?.text) ?? "";
}
