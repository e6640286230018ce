import { JsonNumber } from "@imagegate/core";
import { escapeText } from "../messages/escape.ts";

/** A report as one line of JSON that is safe on a terminal; numbers of manifests keep their text. */
export function formatJson(value: unknown): string {
  if (value instanceof JsonNumber) return value.text;
  if (value instanceof Map) return formatMembers([...value]);
  if (Array.isArray(value)) return `[${value.map(formatJson).join(",")}]`;
  if (value instanceof Error) return formatJson(value.message);
  if (typeof value === "object" && value !== null) return formatMembers(Object.entries(value));
  return escapeText(JSON.stringify(value) ?? "null");
}

function formatMembers(members: readonly (readonly [unknown, unknown])[]): string {
  const known = members.filter(([, value]) => value !== undefined);
  return `{${known.map(([key, value]) => `${formatJson(String(key))}:${formatJson(value)}`).join(",")}}`;
}
