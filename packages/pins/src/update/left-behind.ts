import type { PinsFailure } from "../failure.ts";
import { parseDigest } from "../pin/digest.ts";
import type { FieldChange, PinUpdate } from "./pin-update.ts";
import type { PinsDocument, UpdatableEntry } from "./pins-document.ts";

/**
 * The pins of a document that are not updated and would then contradict those that are, of one url; null when there are
 * none. The file would be one that nobody can verify.
 */
export function findLeftBehind(
  { path, entries }: Pick<PinsDocument, "path" | "entries">,
  updates: readonly PinUpdate[],
): PinsFailure | null {
  const updated = new Set(updates.map(({ entry }) => entry.index));
  const pins = entries.flatMap((entry) => {
    const url = updated.has(entry.index) ? null : contradictedUrl(entry, updates);
    return url === null ? [] : [{ name: entry.name, place: entry.place, url }];
  });
  if (pins.length === 0) return null;
  const meant = entries.filter(
    ({ index, name }) => updated.has(index) || pins.some((pin) => pin.name === name),
  );
  return { reason: "pin-left-behind", path, pins, names: [...new Set(meant.map(({ name }) => name))] };
}

function contradictedUrl(kept: UpdatableEntry, updates: readonly PinUpdate[]): string | null {
  for (const { entry, changes } of updates) {
    const url = entry.urls.find((one) => kept.urls.includes(one));
    if (url !== undefined && changes.some((change) => contradicts(kept, change))) return url;
  }
  return null;
}

/** What a pin does not say, or no digest is, contradicts nothing. */
function contradicts({ digests, sizeBytes }: UpdatableEntry, { field, to }: FieldChange): boolean {
  if (field === "trust") return false;
  if (field === "size") return sizeBytes !== null && sizeBytes !== to;
  const text = digests[field];
  const digest = text === undefined ? null : parseDigest({ text, declared: field });
  return digest !== null && digest.ok && digest.value.hex !== to;
}
