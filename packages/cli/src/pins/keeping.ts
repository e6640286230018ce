import type { KeepOptions } from "@imagegate/pins";
import { escapeText } from "../messages/escape.ts";
import { describeWriteCode } from "../messages/files.ts";
import { formatCount } from "../messages/units.ts";

/** Where bytes are kept, and what became of that. */
export interface Keeping {
  readonly options: KeepOptions;
  /** What was kept and what could not be, as lines; none where nothing was to be kept. */
  summarise(): readonly string[];
}

function describeLoss(url: string, { path, code }: { readonly path: string; readonly code: string }): string {
  return `warning: ${url} could not be kept as ${path}: ${describeWriteCode(code)}`;
}

/** Keeps bytes in a store, and counts. */
export function openKeeping(root: string): Keeping {
  const kept = new Set<string>();
  const lost: string[] = [];
  return {
    options: {
      root,
      onKept: (url, result) => {
        if (result.ok) kept.add(result.value.path);
        else lost.push(describeLoss(url, result.failure));
      },
    },
    summarise: () => [
      ...lost.map(escapeText),
      ...(kept.size === 0 ? [] : [`kept ${formatCount(kept.size, "artifact")} under their sha256:`]),
      ...Array.from(kept, (path) => escapeText(`  ${path}`)).sort(),
    ],
  };
}
