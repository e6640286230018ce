import { formatCount, formatNumber } from "../report/words.ts";
import { describePinCause } from "./cause-words.ts";
import { PIN_CLASSES } from "./class-words.ts";
import { describePinPlace } from "./place.ts";
import type { PinClass, PinPlace, PinReport, PinResult } from "./pin-report.ts";

const VERDICTS = {
  0: "Every pinned artifact is what was reviewed.",
  1: "Pinned artifacts are not what was reviewed.",
  2: "Whether the pinned artifacts are what was reviewed could not be decided.",
} as const;

/** The verdict of a report as one sentence. */
export function describePinVerdict({ exitCode, results }: PinReport): string {
  if (exitCode === 0 && results.some(({ isAllowed }) => isAllowed)) {
    return "The pinned artifacts are what was reviewed, but for what is allowed for a time.";
  }
  return VERDICTS[exitCode];
}

/** That nothing was asked for, because pins cannot be used. */
export function describeProblems({ problems }: PinReport): string {
  return `${formatCount(problems.length, "problem")} of the pins themselves: nothing was asked for`;
}

/** How many urls are of which class, worst first; classes without any are left out. */
export function countClasses(results: readonly PinResult[]): readonly (readonly [PinClass, number])[] {
  return PIN_CLASSES.map(
    (name) => [name, results.filter((result) => result.class === name).length] as const,
  ).filter(([, count]) => count > 0);
}

/** How many urls were looked at, what they are, and how that was come by. */
export function describePinCounts({ results }: PinReport): string {
  if (results.length === 0) return "nothing was verified";
  const classes = countClasses(results).map(([name, count]) => `${formatNumber(count)} ${name}`);
  return `${formatCount(results.length, "url")}: ${classes.join(", ")} (${describeMethods(results)})`;
}

/** What came over the network, and what could not be refused there. */
export function describeTransfer(report: PinReport): string {
  const bytes = formatCount(report.downloadedBytes, "byte");
  const proxy = report.isProxied ? `; ${describeProxied(report)}` : "";
  return `${formatCount(report.downloads, "download")}, ${bytes}${proxy}`;
}

function describeProxied({ results }: PinReport): string {
  const proxied = results.filter(({ isProxied }) => isProxied).length;
  const which =
    proxied === results.length ? "" : `${formatCount(proxied, "url")} of ${formatNumber(results.length)} `;
  return `${which}through a proxy, so that only literal private addresses could be refused`;
}

function describeMethods(results: readonly PinResult[]): string {
  const counts = new Map<string, number>();
  for (const { method } of results) counts.set(method, (counts.get(method) ?? 0) + 1);
  return Array.from(
    counts,
    ([method, count]) => `${formatNumber(count)} ${METHODS.get(method) ?? method}`,
  ).join(", ");
}

const METHODS: ReadonlyMap<string, string> = new Map([
  ["attested", "attested, not re-hashed"],
  ["remembered", "hashed earlier"],
  ["none", "not read"],
]);

/** The first place of several, and how many more there are. */
export function describePinPlaces([first, ...more]: readonly PinPlace[]): string {
  if (first === undefined) return "";
  const others = more.length === 0 ? "" : ` and ${formatCount(more.length, "more place")}`;
  return `${describePinPlace(first)}${others}`;
}

/** A fact of a result with the word that it is told by. */
export type PinFact = readonly [word: string, text: string];

/** What is known of a result, fact by fact; texts of the network are raw. */
export function pinFacts(result: PinResult): readonly PinFact[] {
  const { expected, expectedSizeBytes, got, cause, allowance, allowedClass, finalUrl, firstText } = result;
  const because = cause === null ? null : describePinCause(cause);
  const size = expectedSizeBytes === null ? [] : [formatCount(expectedSizeBytes, "byte")];
  const facts: readonly (PinFact | null)[] = [
    ["expected", [...expected, ...size].join(", ")],
    ["got", describeEvidence(result)],
    firstText === null ? null : ["begins", JSON.stringify(firstText)],
    finalUrl === null ? null : ["led to", finalUrl],
    cause === null ? null : ["cause", `${cause} (${formatCount(result.attempts, "attempt")})`],
    because === null ? null : ["because", because],
    allowedClass === null ? null : ["was", allowedClass],
    allowance === null ? null : ["allowed", `until ${allowance.expires}: ${allowance.reason}`],
    ["pinned at", describePinPlaces(result.places)],
  ];
  const isTold = ([word, text]: PinFact): boolean =>
    text !== "" && (word !== "expected" || got.length > 0 || size.length > 0);
  return facts.filter((fact): fact is PinFact => fact !== null && isTold(fact));
}

function describeEvidence({ got, sizeBytes, contentType, status }: PinResult): string {
  const parts = [
    ...got,
    ...(sizeBytes === null ? [] : [formatCount(sizeBytes, "byte")]),
    ...(contentType === null ? [] : [contentType]),
    ...(status === null ? [] : [`HTTP status ${status}`]),
  ];
  return parts.join(", ");
}

/** Allowances that nothing needs any more, as sentences: every url of their pin is what was reviewed. */
export function describeUnneeded(results: readonly PinResult[]): readonly string[] {
  const unneeded = new Map<string, boolean>();
  for (const { name, places, allowance, class: found } of results) {
    if (allowance === null) continue;
    const sentence = `the allowance of ${name} is not needed any more: ${describePinPlaces(places)}`;
    unneeded.set(sentence, found === "ok" && unneeded.get(sentence) !== false);
  }
  return [...unneeded].flatMap(([sentence, isSo]) => (isSo ? [sentence] : []));
}

/** What was left unverified, a line for each kind. */
export function describeUnverified({ unverified }: Pick<PinReport, "unverified">): readonly string[] {
  const kinds = new Map<string, { count: number; place: PinPlace; places: number }>();
  for (const { what, count, place } of unverified) {
    const known = kinds.get(what) ?? { count: 0, place, places: 0 };
    kinds.set(what, { count: known.count + count, place: known.place, places: known.places + 1 });
  }
  return Array.from(
    kinds,
    ([what, { count, place, places }]) =>
      `${formatNumber(count)} ${what} left unverified, as configured: ${describePinPlace(place)}${
        places === 1 ? "" : ` and ${formatCount(places - 1, "more document")}`
      }`,
  );
}
