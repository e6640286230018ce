import { fail, ok, type Result } from "@imagegate/core";
import type { PinsFailure } from "../failure.ts";
import type { FetchedDigests, FetchTarget } from "../verify/fetch.ts";
import { findLeftBehind } from "./left-behind.ts";
import type { FetchedBytes, FieldChange, PinUpdate } from "./pin-update.ts";
import type { PinsDocument, UpdatableEntry } from "./pins-document.ts";

/**
 * What pins would become by what lies at their urls today. All of it or nothing: a url that gives no whole body,
 * mirrors that differ, and other pins of the document that would contradict the new ones are failures.
 */
export async function planUpdates(
  document: Pick<PinsDocument, "path" | "entries">,
  entries: readonly UpdatableEntry[],
  fetchAll: (targets: readonly FetchTarget[]) => Promise<readonly FetchedDigests[]>,
): Promise<Result<readonly PinUpdate[], readonly PinsFailure[]>> {
  const targets = entries.flatMap(({ urls, algorithms }) => urls.map((url) => ({ url, algorithms })));
  const fetched = await fetchAll(targets);
  let next = 0;
  const planned = entries.map((entry) => {
    const own = fetched.slice(next, next + entry.urls.length);
    next += entry.urls.length;
    return planEntry(entry, own);
  });
  const failures = planned.flatMap((plan) => (plan.ok ? [] : plan.failure));
  if (failures.length > 0) return fail(failures);
  const updates = planned.flatMap((plan) => (plan.ok ? [plan.value] : []));
  const leftBehind = findLeftBehind(document, updates);
  return leftBehind === null ? ok(updates) : fail([leftBehind]);
}

function planEntry(
  entry: UpdatableEntry,
  fetched: readonly FetchedDigests[],
): Result<PinUpdate, readonly PinsFailure[]> {
  const { name, place } = entry;
  const evidence = fetched.flatMap((one) => (one.class === "fetched" ? [one] : []));
  const [first] = evidence;
  if (first === undefined || evidence.length < entry.urls.length) {
    return fail(
      fetched.flatMap((one): readonly PinsFailure[] =>
        one.class === "fetched"
          ? []
          : [{ reason: "pin-not-fetched", name, place, url: one.url, class: one.class, cause: one.cause }],
      ),
    );
  }
  const empty = emptyVerdict(entry, first);
  if (empty !== null) return fail([{ reason: "pin-not-fetched", name, place, url: first.url, ...empty }]);
  const contents = evidence.map(contentOf);
  if (new Set(contents).size > 1) {
    const mirrors = evidence.map(({ url }, index) => ({ url, found: contents[index] as string }));
    return fail([{ reason: "pin-mirrors-differ", name, place, mirrors }]);
  }
  return ok({ entry, changes: changesOf(entry, first), evidence });
}

/** Nothing is no artifact to pin, unless it is pinned already; the words are those of a verification. */
function emptyVerdict(
  entry: UpdatableEntry,
  seen: FetchedBytes,
): Pick<Extract<PinsFailure, { readonly reason: "pin-not-fetched" }>, "class" | "cause"> | null {
  if (seen.sizeBytes !== 0 || changesOf(entry, seen).length === 0) return null;
  return (entry.sizeBytes ?? 0) === 0
    ? { class: "drift", cause: "empty-body" }
    : { class: "size-mismatch", cause: "size" };
}

function contentOf({ digests, sizeBytes }: FetchedBytes): string {
  return [...digests.map(({ algorithm, hex }) => `${algorithm}:${hex}`), `${sizeBytes} bytes`].join(", ");
}

function changesOf(entry: UpdatableEntry, { digests, sizeBytes }: FetchedBytes): readonly FieldChange[] {
  const changes: FieldChange[] = digests
    .map(({ algorithm, hex }) => ({ field: algorithm, from: entry.digests[algorithm] ?? null, to: hex }))
    .filter(({ field, from, to }) => from === null || bareHex(from, field) !== to);
  if (entry.sizeBytes !== null && sizeBytes !== null && entry.sizeBytes !== sizeBytes) {
    changes.push({ field: "size", from: entry.sizeBytes, to: sizeBytes });
  }
  // What no list of sums and no signature vouches for came over TLS only.
  if (changes.length > 0 && entry.trust !== "tls") {
    changes.push({ field: "trust", from: entry.trust, to: "tls" });
  }
  return changes;
}

function bareHex(text: string, algorithm: string): string {
  return text.toLowerCase().replace(new RegExp(`^${algorithm}:`), "");
}
