import { PassThrough, Readable } from "node:stream";
import { expect, it } from "vitest";
import { readStdin } from "../../src/shell/stdin.ts";

const { signal } = new AbortController();

it("reads all of stdin, however it comes", async () => {
  const stdin = Readable.from([Buffer.from("{"), Buffer.from("}")], { objectMode: false });
  expect(await readStdin(stdin, 2, signal)).toEqual({ ok: true, value: Buffer.from("{}") });
});

it("does not read more than its bound", async () => {
  const endless = Readable.from(
    (function* () {
      for (;;) yield Buffer.alloc(1_000);
    })(),
  );
  expect(await readStdin(endless, 1_500, signal)).toMatchObject({
    ok: false,
    failure: { reason: "too-large", limitBytes: 1_500 },
  });
});

it("stops waiting when it is cancelled", async () => {
  const controller = new AbortController();
  const reading = readStdin(new PassThrough(), 10, controller.signal);
  controller.abort();
  expect(await reading).toEqual({ ok: false, failure: { reason: "cancelled" } });
});

it("tells why it could not be read", async () => {
  const stdin = new PassThrough();
  stdin.destroy(Object.assign(new Error("bad"), { code: "EIO" }));
  expect(await readStdin(stdin, 10, signal)).toMatchObject({
    ok: false,
    failure: { reason: "input-failed", code: "EIO" },
  });
});
