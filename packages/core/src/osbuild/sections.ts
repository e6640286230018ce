import { ByteWriter } from "../json/byte-writer.ts";
import { writeCanonical } from "../json/canonical.ts";
import { Kind, NODE_SIZE, ROOT, elementsOf, kindOf, stringOf, type JsonTape } from "../json/tape.ts";
import { keysInOrder } from "../json/write.ts";

/** A part of canonical bytes that repeats from manifest to manifest: a stage, or the sources. */
export interface Section {
  readonly kind: "sources" | "stage";
  /** Byte offsets into the canonical bytes, the end exclusive. */
  readonly start: number;
  readonly end: number;
}

/** The canonical bytes of a document and, in ascending order, the sections in them. */
export interface CanonicalDocument {
  readonly bytes: Buffer;
  readonly sections: readonly Section[];
}

/** Where sections stand in an osbuild manifest. */
type Shape =
  | { readonly section: Section["kind"] }
  | { readonly members: Readonly<Record<string, Shape>> }
  | { readonly elements: Shape };

const MANIFEST_SHAPE: Shape = {
  members: {
    sources: { section: "sources" },
    pipelines: { elements: { members: { stages: { elements: { section: "stage" } } } } },
  },
};

/** The canonical bytes of any document; one that is no osbuild manifest just has no sections. */
export function canonicalDocument(tape: JsonTape): CanonicalDocument {
  const writer = new ByteWriter(tape.bytes.length);
  const sections: Section[] = [];
  writeShaped(tape, ROOT, MANIFEST_SHAPE, { writer, sections });
  return { bytes: writer.written(), sections };
}

interface Target {
  readonly writer: ByteWriter;
  readonly sections: Section[];
}

function writeShaped(tape: JsonTape, node: number, shape: Shape | undefined, target: Target): void {
  const { writer, sections } = target;
  const start = writer.length;
  const kind = kindOf(tape, node);
  if (shape !== undefined && "members" in shape && kind === Kind.object) {
    return writeShapedObject(tape, node, shape.members, target);
  }
  if (shape !== undefined && "elements" in shape && kind === Kind.array) {
    return writeShapedArray(tape, node, shape.elements, target);
  }
  writeCanonical(tape, node, writer);
  if (shape !== undefined && "section" in shape)
    sections.push({ kind: shape.section, start, end: writer.length });
}

function writeShapedObject(
  tape: JsonTape,
  object: number,
  shapes: Readonly<Record<string, Shape>>,
  target: Target,
): void {
  let separator = "{";
  for (const key of keysInOrder(tape, object, "utf-16")) {
    target.writer.writeAscii(separator);
    writeCanonical(tape, key, target.writer);
    target.writer.writeAscii(":");
    const name = stringOf(tape, key);
    writeShaped(tape, key + NODE_SIZE, Object.hasOwn(shapes, name) ? shapes[name] : undefined, target);
    separator = ",";
  }
  target.writer.writeAscii(separator === "{" ? "{}" : "}");
}

function writeShapedArray(tape: JsonTape, array: number, shape: Shape, target: Target): void {
  let separator = "[";
  for (const element of elementsOf(tape, array)) {
    target.writer.writeAscii(separator);
    writeShaped(tape, element, shape, target);
    separator = ",";
  }
  target.writer.writeAscii(separator === "[" ? "[]" : "]");
}
