import { hash } from "node:crypto";
import { ByteWriter } from "../json/byte-writer.ts";
import type { JsonTape } from "../json/tape.ts";
import type { Sha256 } from "../digest/sha256.ts";
import { isFalsy } from "./manifest.ts";
import { pythonString, writePythonJson } from "./python-json.ts";

/** One for all: nothing else is hashed between `begin` and `digest`, and a new buffer a manifest costs more than its bytes. */
const scratch = new ByteWriter(1 << 16);

/** The sha256 over pieces of Python JSON, with nothing between them (`osbuild/pipeline.py Stage.id`). */
export class PythonHash {
  readonly #writer = scratch;
  readonly #tape: JsonTape;

  constructor(tape: JsonTape) {
    this.#tape = tape;
  }

  /** Starts anew. */
  begin(): this {
    this.#writer.clear();
    return this;
  }

  /** A piece of the manifest. */
  node(node: number): this {
    writePythonJson(this.#tape, node, this.#writer);
    return this;
  }

  /** A piece of the manifest, or `{}` where it is absent or false to Python (`options or {}`). */
  nodeOrEmpty(node: number): this {
    return node === -1 || isFalsy(this.#tape, node) ? this.raw("{}") : this.node(node);
  }

  /** A text, or null. */
  text(text: string | null): this {
    this.#writer.writeText(text === null ? "null" : pythonString(text));
    return this;
  }

  /** An id, or null. */
  id(id: Sha256 | null): this {
    if (id === null) return this.raw("null");
    // Not one text of three: joining costs more than writing.
    return this.raw('"').raw(id).raw('"');
  }

  /** JSON text of ASCII characters as it is. */
  raw(text: string): this {
    this.#writer.writeAscii(text);
    return this;
  }

  digest(): Sha256 {
    return hash("sha256", this.#writer.written(), "hex") as Sha256;
  }
}
