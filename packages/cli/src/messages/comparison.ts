import type { Comparison } from "@imagegate/engine";
import { renderDifferences } from "./check-report.ts";
import { escapeText } from "./escape.ts";
import { formatCount } from "./units.ts";

/** What two manifests differ in, all of it. */
export function renderComparison({ before, after, identical, differences }: Comparison): readonly string[] {
  return [
    `- sha256:${before.digest}  ${escapeText(before.label)}`,
    `+ sha256:${after.digest}  ${escapeText(after.label)}`,
    ...(identical
      ? ["identical"]
      : [...renderDifferences(differences), formatCount(differences.length, "difference")]),
  ];
}
