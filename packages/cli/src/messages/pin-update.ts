import { describePinPlace } from "@imagegate/core";
import type { FetchedBytes, FieldChange, PinsFailure, PinUpdate } from "@imagegate/pins";
import { escapeText, formatCommand } from "./escape.ts";
import { thenRun, type Describers } from "./failure-text.ts";
import type { Colors } from "./style.ts";
import { formatNames, formatSize } from "./units.ts";

type UpdateFailure = Extract<
  PinsFailure,
  {
    readonly reason:
      "pin-unknown" | "pin-not-fetched" | "pin-mirrors-differ" | "pin-left-behind" | "pins-file-moved";
  }
>;

/** Pins that are not updated. */
export const PIN_UPDATE_TEXTS: Describers<UpdateFailure> = {
  "pin-unknown": ({ path, names, known }) => ({
    what: `${path} has no pin ${names.map((name) => JSON.stringify(name)).join(", ")}`,
    expected: `one of ${formatNames(known, 20)}; pins of other documents are updated where they stand`,
    next: "npx imagegate pins list",
  }),
  "pin-not-fetched": ({ name, place, url, class: found, cause }, { rerun }) => ({
    what: `${name} at ${describePinPlace(place)} is not updated, nor is any other: ${url} gives nothing that could be pinned`,
    found: `${found} (${cause})`,
    next: thenRun("look at the url, and correct the pin or wait", rerun),
  }),
  "pin-mirrors-differ": ({ name, place, mirrors }, { rerun }) => ({
    what: `${name} at ${describePinPlace(place)} is not updated, nor is any other: its mirrors differ`,
    expected: "the same bytes at every url",
    details: mirrors.map(({ url, found }) => `${url}: ${found}`),
    next: thenRun("find out which of them is right and remove the others", rerun),
  }),
  "pin-left-behind": ({ path, pins, names }) => ({
    what: `nothing of ${path} is updated: ${formatNames(pins.map(({ name }) => name))} would still say the old of the same url`,
    expected: "all pins of a url updated together",
    details: pins.map(({ name, place, url }) => `${name} at ${describePinPlace(place)} pins ${url}`),
    next: formatCommand(["npx", "imagegate", "pins", "update", ...names, path]),
  }),
  "pins-file-moved": ({ path }, { rerun }) => ({
    what: `${path} was changed while it was looked at, so it is left as it is`,
    next: `${rerun}`,
  }),
};

/** What pins would become, old and new below each other, and what was seen at their urls. */
export function renderUpdates(updates: readonly PinUpdate[], colors: Colors): readonly string[] {
  return updates.flatMap(({ entry, changes, evidence }) => [
    `${colors.bold(escapeText(entry.name))}  ${escapeText(describePinPlace(entry.place))}`,
    ...changes.flatMap((change) => renderChange(change, colors)),
    ...evidence.flatMap(renderEvidence),
  ]);
}

function renderChange({ field, from, to }: FieldChange, colors: Colors): readonly string[] {
  const old = from === null ? "(none)" : String(from);
  return [
    `  ${field.padEnd(8)}old  ${colors.red(escapeText(old === "" ? "(empty)" : old))}`,
    `  ${"".padEnd(8)}new  ${colors.green(escapeText(String(to)))}`,
  ];
}

function renderEvidence({
  url,
  sizeBytes,
  contentType,
  firstText,
  finalUrl,
}: FetchedBytes): readonly string[] {
  const facts = [
    ...(sizeBytes === null ? [] : [`${formatSize(sizeBytes)}`]),
    ...(contentType === null ? [] : [contentType]),
    ...(finalUrl === null ? [] : [`from ${finalUrl}`]),
    ...(firstText === null ? [] : [`begins ${JSON.stringify(firstText)}`]),
  ];
  return [`  seen at   ${escapeText(url)}`, ...facts.map((fact) => `            ${escapeText(fact)}`)];
}
