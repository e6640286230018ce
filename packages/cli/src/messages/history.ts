import { formatRecord } from "@imagegate/core";
import type { HistoryEntry } from "@imagegate/engine";
import { paintState } from "./check-report.ts";
import { escapeText } from "./escape.ts";
import { renderLineChange } from "./record-changes.ts";
import { PLAIN, type Colors } from "./style.ts";

/** A record's history: each commit with the lines that moved, and the whole record where it began. */
export function renderHistory(entries: readonly HistoryEntry[], colors: Colors = PLAIN): readonly string[] {
  return entries.flatMap((entry) => [
    `${colors.yellow(entry.commit)}  ${entry.date}  ${paintState(entry.state, colors)}`,
    `  ${colors.bold(escapeText(entry.subject))}`,
    ...renderValues(entry).map((line) => `  ${line}`),
  ]);
}

function renderValues({ lines, record }: HistoryEntry): readonly string[] {
  if (lines.length > 0) return lines.flatMap(renderLineChange);
  return record === null ? [] : formatRecord(record).trimEnd().split("\n");
}
