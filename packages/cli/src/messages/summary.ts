import type { RunSummary } from "@imagegate/engine";
import { escapeText } from "./escape.ts";
import { formatCount, formatDuration } from "./units.ts";

/** The figures of a run: one line, and one more when osbuild was asked. */
export function renderSummary(summary: RunSummary): readonly string[] {
  const { manifests, changed, added, removed, damaged, inspect, totalMs, meanGenerationMs } = summary;
  const counts = [`${changed} changed`, `${added} added`, `${removed} removed`];
  if (damaged > 0) counts.push(`${damaged} damaged`);
  const time = `${formatDuration(totalMs)}, mean generation ${formatDuration(meanGenerationMs)}`;
  const lines = [`${formatCount(manifests, "manifest")}: ${counts.join(", ")} (${time})`];
  if (inspect !== null) {
    const { hits, misses, meanMs } = inspect;
    const mean = misses === 0 ? "" : `, mean inspection ${formatDuration(meanMs)}`;
    lines.push(
      `osbuild --inspect: ${formatCount(hits, "cache hit")}, ${formatCount(misses, "miss", "misses")}${mean}`,
    );
  }
  return lines;
}

/** What went wrong in a run without touching its verdict. */
export function renderWarnings({ storeFailures }: RunSummary): readonly string[] {
  if (storeFailures === null) return [];
  const { count, first } = storeFailures;
  const writes = formatCount(count, "write");
  return [
    escapeText(
      `warning: ${writes} to the cache failed, the first at ${first.path} (${first.code}); no verdict depends on it`,
    ),
  ];
}
