import { fail, ok, type JsonPath, type Result } from "@imagegate/core";
import {
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parseAllDocuments,
  Scalar,
  type Document,
  type YAMLError,
} from "yaml";
import type { SyntaxFailure, TextDocument } from "./document.ts";

/**
 * Reads one YAML 1.2 document, with the merge keys (`<<`) of YAML 1.1; several in a text, a key that stands twice and an
 * unknown tag are refused.
 */
export function readYamlDocument(text: string): Result<TextDocument, SyntaxFailure> {
  const lineCounter = new LineCounter();
  const parsed = parseAllDocuments(text, { lineCounter, prettyErrors: false, stringKeys: true, merge: true });
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

/** The line in which a value is written: behind an alias or a merge key, where that leads. */
function lineOfNode(document: Document, path: JsonPath, lineCounter: LineCounter): number | null {
  let node: unknown = document.contents;
  for (const [depth, step] of path.entries()) {
    node = memberOf(resolveAlias(node, document), step, document);
    if (depth === path.length - 1 && !isNode(node)) return null;
  }
  return isNode(node) && node.range ? lineCounter.linePos(node.range[0]).line : null;
}

function resolveAlias(node: unknown, document: Document): unknown {
  return isAlias(node) ? node.resolve(document) : node;
}

function memberOf(node: unknown, step: string | number, document: Document): unknown {
  if (isSeq(node)) return node.items[Number(step)];
  if (!isMap(node)) return undefined;
  const own = node.items.find(({ key }) => isScalar(key) && !isMergeKey(key) && key.value === step);
  if (own !== undefined) return own.value;
  // What is merged first counts; own members count before all of it.
  for (const { key, value } of node.items) {
    if (!isMergeKey(key)) continue;
    const merged = resolveAlias(value, document);
    for (const source of isSeq(merged) ? merged.items : [merged]) {
      const found = memberOf(resolveAlias(source, document), step, document);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** A quoted `<<` is a key like any other. */
function isMergeKey(key: unknown): boolean {
  return isScalar(key) && key.value === "<<" && key.type === Scalar.PLAIN;
}

function readerFailure({ message, pos }: YAMLError, lineCounter: LineCounter): SyntaxFailure {
  const { line, col } = lineCounter.linePos(pos[0]);
  return { ...syntaxFailure(message), line: Math.max(1, line), column: Math.max(1, col) };
}

function syntaxFailure(message: string): SyntaxFailure {
  return { reason: "document-syntax", format: "yaml", line: 1, column: 1, message };
}
