import type { Pin, PinDigest } from "../pin/pin.ts";
import { addressOfUrl } from "../pin/url.ts";
import { collectAdditions } from "./additions.ts";

/** One url of one pin. */
export interface Target {
  /** With all that any pin says of that url and digest. */
  readonly pin: Pin;
  readonly url: string;
}

/** A download, and all targets that it decides: those of one url and one set of digests. */
export interface Job {
  readonly url: string;
  readonly digests: readonly PinDigest[];
  /** The sizes that its pins say, null where one of them says none. */
  readonly sizes: readonly number[] | null;
  readonly targets: readonly Target[];
}

/** The targets of pins, in their order and that of their urls. */
export function targetsOf(pins: readonly Pin[]): readonly Target[] {
  const additionTo = collectAdditions(pins);
  return pins.flatMap((pin) => pin.urls.map((url) => ({ pin: { ...pin, ...additionTo(pin, url) }, url })));
}

/** One job for each url and set of digests, in the order in which they first appear. */
export function planJobs(targets: readonly Target[]): readonly Job[] {
  const grouped = new Map<string, Target[]>();
  for (const target of targets) {
    const key = `${addressOfUrl(target.url)} ${digestKey(target.pin.digests)}`;
    grouped.set(key, [...(grouped.get(key) ?? []), target]);
  }
  return [...grouped.values()].map((group) => jobOf(group as [Target, ...Target[]]));
}

/** A set of digests as a text that is equal for equal sets. */
export function digestKey(digests: readonly PinDigest[]): string {
  return digests
    .map(({ algorithm, hex }) => `${algorithm}:${hex}`)
    .toSorted()
    .join(",");
}

/** Whether bytes hash to everything that was pinned; nothing pinned is matched by nothing. */
export function matchDigests(pinned: readonly PinDigest[], got: readonly PinDigest[]): boolean {
  const found = new Map(got.map(({ algorithm, hex }) => [algorithm, hex]));
  return (
    pinned.length > 0 && pinned.every(({ algorithm, hex }) => hex !== "" && found.get(algorithm) === hex)
  );
}

function jobOf(targets: readonly [Target, ...Target[]]): Job {
  const [{ url, pin }] = targets;
  const sizes = targets.map((target) => target.pin.sizeBytes);
  const known = sizes.filter((size) => size !== null);
  return { url, digests: pin.digests, sizes: known.length === sizes.length ? known : null, targets };
}
