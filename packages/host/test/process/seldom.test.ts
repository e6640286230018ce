import { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test, vi } from "vitest";
import { startProcess } from "../../src/process/start.ts";
import { readSeldom } from "../../src/process/seldom.ts";

/** The pauses after chunks of these lengths. */
async function pausesAfter(lengths: readonly number[]): Promise<readonly number[]> {
  const pauses: number[] = [];
  const taken: number[] = [];
  const stream = Readable.from(lengths.map((length) => Buffer.alloc(length)));
  const isComplete = await readSeldom(
    stream,
    ({ length }) => void taken.push(length),
    async (ms) => void pauses.push(ms),
  );
  expect(isComplete).toBe(true);
  expect(taken).toEqual(lengths);
  return pauses;
}

test("pauses grow while little comes, and begin anew after much", async () => {
  expect(await pausesAfter([1, 1, 1, 1, 1, 1, 1, 1, 1])).toEqual([1, 2, 4, 8, 16, 32, 50, 50, 50]);
  expect(await pausesAfter([1, 1, 16_384, 65_536, 1, 1])).toEqual([1, 2, 1, 2]);
  expect(await pausesAfter([])).toEqual([]);
});

test("a stream that breaks, before or during a pause, is not complete", async () => {
  const broken = new Readable({ read: () => undefined });
  const reading = readSeldom(
    broken,
    () => {},
    async () => {},
  );
  broken.push(Buffer.from("half"));
  setImmediate(() => broken.destroy());
  expect(await reading).toBe(false);
  const gone = new Readable({ read: () => undefined });
  gone.push(Buffer.from("half"));
  expect(
    await readSeldom(
      gone,
      () => {},
      async () => void gone.destroy(new Error("gone")),
    ),
  ).toBe(false);
});

test("a program that says something line by line wakes its reader seldom, and nothing is lost", async () => {
  const lines = 300;
  const says = `for (let n = 0; n < ${lines}; n += 1) {
    require("node:fs").writeSync(2, "line\\n");
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2);
  }`;
  const wakes: Record<"keep" | "drop", number> = { keep: 0, drop: 0 };
  for (const stdout of ["keep", "drop"] as const) {
    const started = await startProcess([process.execPath, "-e", says], { stdout });
    if (!started.ok) throw new Error(started.failure.kind);
    const { stderr } = started.value;
    const pushed = vi.spyOn(stderr, "push");
    let bytes = 0;
    const take = (chunk: Buffer): void => void (bytes += chunk.length);
    expect(await readSeldom(stderr, take, (ms) => sleep(ms))).toBe(true);
    expect(bytes).toBe("line\n".length * lines);
    wakes[stdout] = pushed.mock.calls.length;
  }
  // A stream of the usual depth is filled at each line, whenever it is read.
  expect(wakes.drop).toBeLessThan(wakes.keep / 2);
});
