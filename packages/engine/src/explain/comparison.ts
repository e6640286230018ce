import type { ExplainProfile } from "@imagegate/core/explain";
import type { Session } from "../run/session.ts";
import type { JoinedSides, Naming } from "./joined-sides.ts";
import type { UnknownText } from "./side.ts";
import type { Texts } from "./texts.ts";

/** How two sides are explained. */
export interface ExplainContext {
  readonly session: Session;
  readonly signal: AbortSignal;
  readonly profile: ExplainProfile;
  /** Plain words, on one line, for why a manifest's text is not known. */
  readonly wordsFor: (unknown: UnknownText) => string;
  /** How manifests are called; by default as the two sides need it. */
  readonly naming?: Naming;
}

/** A comparison of two sides under way. */
export interface Comparison {
  readonly joined: JoinedSides;
  readonly texts: Texts;
  readonly context: ExplainContext;
}

/** No comparison of some manifests takes as long. */
export const COMPARE_TIMEOUT_MS = 600_000;

/** How many batches are under way at once: the next waits where the last one leaves. */
export function batchLimit({ context }: Comparison): number {
  return context.session.concurrency * 2;
}

const LARGEST_BATCH = 32;

/** Parts that are a few for each thread, so that none waits long for the last. */
export function* batchesOf<Item>(
  items: readonly Item[],
  { context }: Comparison,
): Generator<readonly Item[]> {
  const size = Math.min(LARGEST_BATCH, Math.ceil(items.length / (context.session.concurrency * 4)));
  for (let at = 0; at < items.length; at += size) yield items.slice(at, at + size);
}
