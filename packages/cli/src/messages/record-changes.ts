import type { LineChange } from "@imagegate/core";
import { escapeText } from "./escape.ts";

/** The name of a record's line that moved. */
export function nameLine(change: LineChange): string {
  switch (change.line) {
    case "pipeline":
      return escapeText(`pipeline ${change.pipeline}`);
    case "pipeline-order":
      return "order of pipelines";
    case "manifest":
    case "sources":
    case "digest":
      return change.line;
  }
}

/** A line that moved, old and new below one another so that whole digests fit a terminal. */
export function renderLineChange(change: LineChange): readonly string[] {
  const name = nameLine(change);
  if (change.line === "pipeline-order") {
    return [
      `- ${escapeText(change.before.join(", "))}  ${name}`,
      `+ ${escapeText(change.after.join(", "))}  ${name}`,
    ];
  }
  return [
    ...(change.before === null ? [] : [`- ${change.before}  ${name}`]),
    ...(change.after === null ? [] : [`+ ${change.after}  ${name}`]),
  ];
}
