import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ByteWriter, viewOf } from "../../src/json/byte-writer.ts";

describe("ByteWriter", () => {
  it("holds what was written, whatever the sizes", () => {
    const pieces = fc.array(
      fc.oneof(
        fc.record({ as: fc.constant("span" as const), text: fc.string({ maxLength: 400 }) }),
        fc.record({ as: fc.constant("ascii" as const), text: fc.string({ maxLength: 400 }) }),
        fc.record({ as: fc.constant("text" as const), text: fc.string({ unit: "binary", maxLength: 400 }) }),
        fc.record({ as: fc.constant("byte" as const), text: fc.string({ minLength: 1, maxLength: 1 }) }),
      ),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(pieces, fc.constantFrom("", "] }\n"), (written, after) => {
        const writer = new ByteWriter(0);
        for (const { as, text } of written) {
          // Short spans are copied by words, which may end behind them, but not behind the document.
          const bytes = Buffer.from(`<${text}>${after}`);
          if (as === "span") writer.writeSpan({ bytes, view: viewOf(bytes) }, 1, text.length + 1);
          if (as === "ascii") writer.writeAscii(text);
          if (as === "text") writer.writeText(text);
          if (as === "byte") writer.writeByte(text.charCodeAt(0));
        }
        expect(writer.written().toString()).toBe(written.map(({ text }) => text).join(""));
      }),
      { numRuns: 60 },
    );
  });

  it("starts anew after clear, and can show a tail", () => {
    const writer = new ByteWriter(8);
    writer.writeAscii("old");
    writer.clear();
    writer.writeAscii("abc");
    expect(writer.length).toBe(3);
    expect(writer.written(1).toString()).toBe("bc");
  });
});
