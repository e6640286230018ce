import { Readable } from "node:stream";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { OutputReader } from "../../src/process/output.ts";

async function readLines(chunks: readonly string[], maxLineBytes = 1000) {
  const lines: string[] = [];
  const stream = Readable.from(chunks.filter(Boolean).map((chunk) => Buffer.from(chunk)));
  const reader = new OutputReader(stream, {
    maxStdoutBytes: Infinity,
    maxLineBytes,
    onStdoutLine: (line) => void lines.push(Buffer.from(line).toString()),
  });
  const end = await reader.read();
  return { lines, end };
}

test("lines do not depend on how the bytes come in", async () => {
  const chunk = fc
    .array(fc.constantFrom("a", "é", "\n", "\r"), { maxLength: 8 })
    .map((parts) => parts.join(""));
  await fc.assert(
    fc.asyncProperty(fc.array(chunk, { maxLength: 10 }), async (chunks) => {
      const expected = chunks.join("").split("\n");
      if (expected.at(-1) === "") expected.pop();
      const { lines, end } = await readLines(chunks);
      expect(lines).toEqual(expected);
      expect(end.kind).toBe("complete");
    }),
    { numRuns: 200 },
  );
});

test("the bound of a line is exact, across chunks and for a line without an end", async () => {
  expect(await readLines(["ab", "cd\n"], 4)).toMatchObject({ lines: ["abcd"], end: { kind: "complete" } });
  const tooLarge = { kind: "too-large", bound: "line", limitBytes: 3 };
  expect(await readLines(["ok\nab", "cd\n"], 3)).toMatchObject({ lines: ["ok"], end: tooLarge });
  expect(await readLines(["abcd"], 3)).toMatchObject({ lines: [], end: tooLarge });
});

test("a stream that breaks is closed, not complete", async () => {
  const stream = new Readable({ read: () => undefined });
  const bounds = { maxStdoutBytes: 10, maxLineBytes: 10, onStdoutLine: undefined };
  const reading = new OutputReader(stream, bounds).read();
  stream.push(Buffer.from("half"));
  setImmediate(() => stream.destroy());
  const end = await reading;
  expect(end.kind).toBe("closed");
  expect(Buffer.from(end.stdout).toString()).toBe("half");
});
