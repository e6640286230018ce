import type { JsonFailure, JsonPath } from "@imagegate/core";

/** A document of any format as plain values, and where they stand in its text. */
export interface TextDocument {
  readonly value: unknown;
  /** The line of a value, from 1; null where the format's reader does not say. */
  lineOf(path: JsonPath): number | null;
}

/** The formats that are read. */
export const DOCUMENT_FORMATS = ["json", "yaml", "toml"] as const;

export type DocumentFormat = (typeof DOCUMENT_FORMATS)[number];

/** A text that is none of its format, in the words of the format's reader. */
export interface SyntaxFailure {
  readonly reason: "document-syntax";
  readonly format: DocumentFormat;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** Why a text gives no document. */
export type TextFailure = JsonFailure | SyntaxFailure | { readonly reason: "text-not-utf8" };
