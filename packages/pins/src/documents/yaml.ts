import { fail, ok, type JsonPath, type Result } from "@imagegate/core";
import { isNode, LineCounter, parseAllDocuments, type Document, type YAMLError } from "yaml";
import type { SyntaxFailure, TextDocument } from "./document.ts";

/** Reads one YAML 1.2 document; several in a text, a key that stands twice and an unknown tag are refused. */
export function readYamlDocument(text: string): Result<TextDocument, SyntaxFailure> {
  const lineCounter = new LineCounter();
  const parsed = parseAllDocuments(text, { lineCounter, prettyErrors: false, stringKeys: true });
  const documents: readonly Document[] = "empty" in parsed ? [] : parsed;
  const [document, second] = documents;
  if (document === undefined) return fail(syntaxFailure("the text holds no document"));
  const [error] = documents.flatMap(({ errors, warnings }) => [...errors, ...warnings]);
  if (error !== undefined) return fail(readerFailure(error, lineCounter));
  if (second !== undefined) return fail(syntaxFailure("the text holds more than one document"));
  const value = plainValue(document);
  if (!value.ok) return value;
  return ok({ value: value.value, lineOf: (path) => lineOfNode(document, path, lineCounter) });
}

/** Aliases are followed a hundred times: more is a text that wants to fill the memory. */
function plainValue(document: Document): Result<unknown, SyntaxFailure> {
  try {
    return ok(document.toJS({ maxAliasCount: 100 }));
  } catch (error) {
    return fail(syntaxFailure(error instanceof Error ? error.message : String(error)));
  }
}

function lineOfNode(document: Document, path: JsonPath, lineCounter: LineCounter): number | null {
  const node = document.getIn(path, true);
  return isNode(node) && node.range ? lineCounter.linePos(node.range[0]).line : null;
}

function readerFailure({ message, pos }: YAMLError, lineCounter: LineCounter): SyntaxFailure {
  const { line, col } = lineCounter.linePos(pos[0]);
  return { ...syntaxFailure(message), line: Math.max(1, line), column: Math.max(1, col) };
}

function syntaxFailure(message: string): SyntaxFailure {
  return { reason: "document-syntax", format: "yaml", line: 1, column: 1, message };
}
