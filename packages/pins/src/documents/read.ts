import { isUtf8 } from "node:buffer";
import { fail, type Result } from "@imagegate/core";
import type { DocumentFormat, TextDocument, TextFailure } from "./document.ts";
import { readJsonDocument } from "./json.ts";
import { readTomlDocument } from "./toml.ts";
import { readYamlDocument } from "./yaml.ts";

/** The format that a file's name tells, or null. */
export function formatOfPath(path: string): DocumentFormat | null {
  const [, extension = ""] = /\.([A-Za-z]+)$/.exec(path) ?? [];
  return EXTENSIONS.get(extension.toLowerCase()) ?? null;
}

const EXTENSIONS: ReadonlyMap<string, DocumentFormat> = new Map([
  ["json", "json"],
  ["yaml", "yaml"],
  ["yml", "yaml"],
  ["toml", "toml"],
]);

/** Reads a document of a format; a byte order mark is refused with everything else that its format does not know. */
export function readDocument(bytes: Uint8Array, format: DocumentFormat): Result<TextDocument, TextFailure> {
  if (format === "json") return readJsonDocument(bytes);
  if (!isUtf8(bytes)) return fail({ reason: "text-not-utf8" });
  const text = Buffer.from(bytes).toString("utf8");
  return format === "yaml" ? readYamlDocument(text) : readTomlDocument(text);
}
