import { describePinPlaces, describeUnverified } from "@imagegate/core/report";
import type { Pin, PinSet } from "@imagegate/pins";
import { escapeText } from "./escape.ts";
import type { Colors } from "./style.ts";
import { formatCount } from "./units.ts";

/** What would be verified: a block for each pin, what would not be, and the figures. */
export function renderPinList(set: PinSet, colors: Colors): readonly string[] {
  const { documents, pins, inline, unverified, places, problems } = set;
  const urls = pins.reduce((sum, pin) => sum + pin.urls.length, 0);
  const left = unverified.reduce((sum, { count }) => sum + count, 0);
  const allowed = pins.filter(({ allowance }) => allowance !== null).length;
  return [
    ...pins.flatMap((pin) => renderPin(pin, colors)),
    ...describeUnverified(set).map(escapeText),
    [
      formatCount(pins.length, "pin"),
      `${formatCount(urls, "url")} to ask for`,
      `${formatCount(inline.length, "text")} in documents themselves`,
      `pinned at ${formatCount(places, "place")} of ${formatCount(documents.length, "document")}`,
      `${allowed} with an allowance`,
      `${left} left unverified`,
      formatCount(problems.length, "problem"),
    ].join(", "),
  ];
}

function renderPin(
  { name, urls, digests, provenance, allowance, trust }: Pin,
  colors: Colors,
): readonly string[] {
  const facts: readonly (readonly [string, string])[] = [
    ...urls.map((url, index) => [index === 0 ? "url" : "mirror", url] as const),
    ...digests.map(({ algorithm, hex }) => [algorithm, hex] as const),
    ["trust", trust],
    ...(allowance === null ? [] : [["allowed", `until ${allowance.expires}: ${allowance.reason}`] as const]),
    ["pinned at", describePinPlaces(provenance)],
  ];
  return [
    colors.bold(escapeText(name)),
    ...facts.map(([word, text]) => `  ${word.padEnd(11)}${escapeText(text)}`),
  ];
}
