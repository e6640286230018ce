import type { Report } from "./report.ts";

/** A report as one self-contained HTML page that asks no network. */
export function renderHtml(report: Report): string {
  return `<!doctype html><title>${report.explanation.changed}</title>`;
}
