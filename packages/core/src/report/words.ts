import { CLASSES } from "../explain/class-words.ts";
import type { Explanation } from "../explain/explanation.ts";
import type { Report } from "./report.ts";

/** A number in groups of three digits, the same in every locale. */
export function formatNumber(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ",");
}

/** A number and its noun, such as `1 cause` and `2 causes`. */
export function formatCount(count: number, one: string, many: string = `${one}s`): string {
  return `${formatNumber(count)} ${count === 1 ? one : many}`;
}

/** How many manifests differ, in which way, and how many do not. */
export function describeCounts({ changed, added, removed, unchanged }: Explanation): string {
  const parts = [
    `${formatNumber(changed)} changed`,
    `${formatNumber(added)} added`,
    `${formatNumber(removed)} removed`,
    `${formatNumber(unchanged)} unchanged`,
  ];
  return parts.join(", ");
}

/** How many causes there are, and of which class; classes without any are left out. */
export function describeCauses({ causes }: Explanation): string {
  const counts = CLASSES.map((name) => ({
    name,
    count: causes.filter((cause) => cause.class === name).length,
  }));
  const parts = counts
    .filter(({ count }) => count > 0)
    .map(({ name, count }) => `${formatNumber(count)} ${name}`);
  return parts.length === 0 ? "no cause" : `${formatCount(causes.length, "cause")}: ${parts.join(", ")}`;
}

/** How many manifests differ, of how many on both sides; of a check that could not decide, only of those it knows. */
export function describeDiffering(
  { changed, added, removed, unchanged }: Explanation,
  verdict: Report["verdict"],
): string {
  const differing = changed + added + removed;
  const total = differing + unchanged;
  const all = formatCount(total, "manifest");
  if (differing > 0) return `${formatNumber(differing)} of ${all} ${differing === 1 ? "differs" : "differ"}`;
  if (verdict !== "undecided") return `${all}, none differs`;
  return total === 0 ? "no manifest could be compared" : `${all} could be compared, and none of them differs`;
}

/** The verdict as one sentence; an explanation alone has none. */
export const VERDICT_SENTENCES: Readonly<Record<`${Report["verdict"]}`, string>> = {
  same: "The records are those of the manifests.",
  differs: "The records differ from the manifests.",
  undecided: "The check could not decide.",
  null: "Explained only, nothing was checked.",
};

/** The sentence of a report's verdict. */
export function describeVerdict({ verdict }: Report): string {
  return VERDICT_SENTENCES[`${verdict}`];
}
