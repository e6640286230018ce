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
export function renderWarnings({ storeFailures, damagedEntries }: RunSummary): readonly string[] {
  const lines: string[] = [];
  if (damagedEntries > 0) {
    const entries = formatCount(damagedEntries, "damaged entry", "damaged entries");
    lines.push(`warning: ${entries} of the cache ignored; to find them all: npx imagegate cache verify`);
  }
  if (storeFailures !== null) {
    const { count, first } = storeFailures;
    const entries = formatCount(count, "entry", "entries");
    const where = `the first at ${first.path} (${first.code})`;
    lines.push(`warning: ${entries} could not be kept in the cache, ${where}; no verdict depends on it`);
  }
  return lines.map(escapeText);
}
