import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Resolve } from "../../src/http/connector.ts";
import { exchange, type BodySink, type ExchangeOptions } from "../../src/http/exchange.ts";
import { Interruption } from "../../src/http/failure.ts";
import { openNetwork, type Network } from "../../src/http/network.ts";
import { drip, endless, status, whole } from "../fixtures/conducts.ts";
import { DIRECT } from "../fixtures/options.ts";
import { startServer, type LocalServer } from "../fixtures/server.ts";

const BYTES = Buffer.alloc(100_000, "bytes ");
let server: LocalServer;

beforeAll(async () => {
  server = await startServer({
    whole: whole(BYTES),
    late: whole(BYTES),
    small: status(404),
    endless,
    drip: drip(BYTES, { everyMs: 5, chunkBytes: 10 }),
  });
});
afterAll(() => server.stop());

const unresolved: Resolve = () => Promise.reject(new Error("no name is resolved"));

function open(resolve = unresolved): Network {
  return openNetwork({
    proxies: DIRECT,
    resolve,
    certificates: [],
    connectTimeoutMs: 20_000,
    maxHeaderBytes: 10_000,
    allowLoopbackHttp: true,
  });
}

interface Receiver {
  readonly mode?: "read" | "skip";
  readonly stopAfter?: number;
  readonly onBytes?: () => void;
}

async function ask(
  path: string,
  network: Network,
  { mode = "read", stopAfter = Infinity, onBytes, ...options }: Receiver & Partial<ExchangeOptions> = {},
) {
  let receivedBytes = 0;
  const sink: BodySink = {
    begin: () => mode,
    write: (bytes) => {
      receivedBytes += bytes.length;
      onBytes?.();
      return receivedBytes >= stopAfter ? "stop" : "more";
    },
  };
  const host = path === "late" ? "artifacts.test" : "127.0.0.1";
  const done = await exchange({ url: new URL(`http://${host}:${server.port}/${path}`), headers: {} }, sink, {
    route: network.routeTo(new URL("http://127.0.0.1"), "loopback"),
    answerTimeoutMs: 20_000,
    idleTimeoutMs: 20_000,
    idleBytes: 1,
    signal: new AbortController().signal,
    ...options,
  });
  return { status: done.head?.status, ending: done.ending, receivedBytes };
}

test("a body to its end", async () => {
  const network = open();
  expect(await ask("whole", network)).toEqual({ status: 200, ending: "complete", receivedBytes: 100_000 });
  await network.close();
});

test("a body that was enough before its end", async () => {
  const network = open();
  const { ending, receivedBytes } = await ask("endless", network, { stopAfter: 1_000 });
  expect([ending, receivedBytes < 1_000_000]).toEqual(["stopped", true]);
  await network.close();
});

test.each(["small", "whole", "endless", "drip"])(
  "%s: a body that nobody wants is not waited for",
  async (path) => {
    const network = open();
    const asked = await ask(path, network, { mode: "skip", idleTimeoutMs: 50, idleBytes: 1_000 });
    expect(asked).toMatchObject({ ending: "complete", receivedBytes: 0 });
    await network.close();
  },
);

test("what ended while its name was resolved is not asked any more", async () => {
  const end = new AbortController();
  const network = open(async () => {
    end.abort(new Interruption("enough", false));
    await sleep(20);
    return [{ address: "127.0.0.1", family: 4 }];
  });
  const asked = await ask("late", network, { signal: end.signal });
  expect(asked).toMatchObject({ status: undefined, ending: { cause: "enough", isTransient: false } });
  // Time enough to ask all the same.
  await sleep(120);
  expect(server.requests.get("/late")).toBeUndefined();
  await network.close();
});

test("an end in the middle", async () => {
  const network = open();
  const end = new AbortController();
  const onBytes = (): void => end.abort(new Interruption("enough", false));
  const asked = await ask("drip", network, { signal: end.signal, onBytes });
  expect(asked).toMatchObject({ status: 200, ending: { cause: "enough", isTransient: false } });
  await network.close();
});
