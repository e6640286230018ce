import { fail, ok, type Result } from "@imagegate/core";
import { parse, TomlError } from "smol-toml";
import type { SyntaxFailure, TextDocument } from "./document.ts";

/**
 * Reads TOML 1.0; its reader does not say in which lines values stand. Integers that no number holds exactly are bigints:
 * what pins nothing may be of any size.
 */
export function readTomlDocument(text: string): Result<TextDocument, SyntaxFailure> {
  try {
    return ok({ value: parse(text, { integersAsBigInt: "asNeeded" }), lineOf: () => null });
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    // Its message draws the place below the first line.
    const [message = ""] = error.message.split("\n");
    const { line, column } = error;
    return fail({ reason: "document-syntax", format: "toml", line, column, message });
  }
}
