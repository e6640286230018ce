import { PACING } from "@imagegate/forge";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { Pin } from "../../src/pin/pin.ts";
import { exitOf } from "../../src/verify/exit.ts";
import { verifyPins } from "../../src/verify/verify.ts";
import type { PinVerdict } from "../../src/verify/verdict.ts";
import { artifactBytes, digestOf, pinOf } from "../fixtures/artifact.ts";
import { cut, drip, redirect, silence, status, unending, whole } from "../fixtures/conducts.ts";
import { DIRECT, testOptions, testPacing } from "../fixtures/options.ts";
import { startProxy } from "../fixtures/proxy.ts";
import { startServer, type Conduct, type LocalServer } from "../fixtures/server.ts";

const BYTES = artifactBytes(3_000);
const OTHER = artifactBytes(3_000, "other");
/** How long what must happen is waited for. */
const WAIT = { timeout: 20_000, interval: 5 };
let server: LocalServer;
let underWay = 0;
let mostUnderWay = 0;

let awaited = 0;

/** Answers nobody before as many ask at once as are awaited, and then lets some time for more. */
const counted: Conduct = async (request, response, count) => {
  underWay += 1;
  mostUnderWay = Math.max(mostUnderWay, underWay);
  response.on("close", () => (underWay -= 1));
  await vi.waitUntil(() => mostUnderWay >= awaited, WAIT);
  setTimeout(() => whole(BYTES)(request, response, count), 10);
};

beforeAll(async () => {
  server = await startServer({
    artifact: whole(BYTES, { "content-type": "application/x-tar" }),
    other: whole(OTHER),
    text: whole(Buffer.from("all is\u0007 well")),
    moved: redirect("/artifact?token=secret"),
    gone: status(404),
    "other-gone": status(404),
    silence,
    unending,
    drip: drip(BYTES, { everyMs: 5, chunkBytes: 50 }),
    busy: status(503),
    half: cut(BYTES, 0.5),
    ...Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`counted-${index}`, counted])),
  });
});
afterAll(() => server.stop());

const at = (path: string): string => `http://127.0.0.1:${server.port}/${path}`;
const asked = (path: string): number => server.requests.get(`/${path}`)?.length ?? 0;

describe("downloads", () => {
  test("one for each url and set of digests, and a verdict for each pin", async () => {
    const both = [digestOf(BYTES), digestOf(BYTES, "sha512")] as const;
    const pins = [
      pinOf(at("artifact"), BYTES, { name: "a" }),
      pinOf(at("artifact#fragment"), BYTES, { name: "b", sizeBytes: 3_000 }),
      pinOf(at("artifact"), BYTES, { name: "c", digests: [both[1], both[0]] }),
      pinOf(at("artifact"), BYTES, { name: "d", digests: both }),
      pinOf(at("artifact"), OTHER, { name: "e" }),
    ];
    const before = asked("artifact");
    const { verdicts, downloads, downloadedBytes, isProxied } = await verifyPins(pins, testOptions());
    expect(verdicts.map((verdict) => [verdict.pin.name, verdict.class])).toEqual([
      ["a", "ok"],
      ["b", "ok"],
      ["c", "ok"],
      ["d", "ok"],
      ["e", "drift"],
    ]);
    expect([asked("artifact") - before, downloads, downloadedBytes, isProxied]).toEqual([3, 3, 9_000, false]);
  });

  test("sizes are each pin's own", async () => {
    const sizes = [3_000, 2_999, null];
    const pins = sizes.map((sizeBytes) => pinOf(at("artifact"), BYTES, { sizeBytes }));
    const { verdicts } = await verifyPins(pins, testOptions());
    expect(verdicts.map((verdict) => verdict.class)).toEqual(["ok", "size-mismatch", "ok"]);
  });

  test("of all digests, each of which must hold", async () => {
    const digests: Pin["digests"] = [digestOf(BYTES), digestOf(OTHER, "sha512")];
    const { verdicts } = await verifyPins([pinOf(at("artifact"), BYTES, { digests })], testOptions());
    expect(verdicts[0]).toMatchObject({
      class: "drift",
      evidence: { digests: [digests[0], digestOf(BYTES, "sha512")] },
    });
  });

  test("of all mirrors, in their order", async () => {
    const urls: Pin["urls"] = [at("artifact"), at("other"), at("gone")];
    const { verdicts } = await verifyPins([pinOf(at("artifact"), BYTES, { urls })], testOptions());
    expect(verdicts.map((verdict) => [verdict.url, verdict.class])).toEqual([
      [urls[0], "ok"],
      [urls[1], "drift"],
      [urls[2], "gone"],
    ]);
  });

  test("no more at once than was asked for, in all and of a host", async () => {
    const pins = Array.from({ length: 12 }, (_, index) => pinOf(at(`counted-${index}`), BYTES));
    const most = async (total: number, perHost: number): Promise<number> => {
      mostUnderWay = 0;
      awaited = Math.min(total, perHost);
      await verifyPins(pins, testOptions({ concurrency: { total, perHost } }));
      return mostUnderWay;
    };
    expect(await most(5, 12)).toBe(5);
    expect(await most(12, 2)).toBe(2);
  });

  test("what is no url is blocked, and no digest matches nothing", async () => {
    const pin = pinOf(at("artifact"), BYTES);
    const pins = [
      { ...pin, urls: ["no url"] as const },
      { ...pin, digests: [] as unknown as Pin["digests"] },
    ];
    const { verdicts } = await verifyPins(pins, testOptions());
    expect(verdicts.map((verdict) => [verdict.class, verdict.cause])).toEqual([
      ["blocked", "not-a-url"],
      ["drift", "digest"],
    ]);
  });
});

describe("evidence", () => {
  test("of bytes that differ", async () => {
    const { verdicts } = await verifyPins([pinOf(at("artifact"), OTHER)], testOptions());
    expect(verdicts[0]).toMatchObject({
      class: "drift",
      method: "hashed",
      attempts: 1,
      evidence: {
        digests: [digestOf(BYTES)],
        sizeBytes: 3_000,
        contentType: "application/x-tar",
        firstText: null,
        status: 200,
        finalUrl: null,
      },
    });
  });
  test("of text, unless it holds control characters", async () => {
    const { verdicts } = await verifyPins([pinOf(at("text"), BYTES)], testOptions());
    expect(verdicts[0]?.evidence.firstText).toBeNull();
  });
  test("of redirects, without a query that may be secret", async () => {
    const { verdicts } = await verifyPins([pinOf(at("moved"), BYTES)], testOptions());
    expect(verdicts[0]).toMatchObject({ class: "ok", evidence: { finalUrl: at("artifact") } });
  });
  test("of a declared size that is wrong, whose body is not loaded", async () => {
    const pin = pinOf(at("artifact"), BYTES, { sizeBytes: 5 });
    const { verdicts } = await verifyPins([{ ...pin, digests: [digestOf(OTHER)] }], testOptions());
    expect(verdicts[0]).toMatchObject({
      class: "size-mismatch",
      evidence: { digests: [], sizeBytes: 3_000 },
    });
  });
});

// Long enough for a busy machine to get as far as the limit's end must find it.
const LIMIT_MS = 5_000;

describe.concurrent("limits", () => {
  test("of a transfer, over all its attempts", async ({ expect }) => {
    const limits = { transferTimeoutMs: LIMIT_MS, idleBytes: 1 };
    const { verdicts } = await verifyPins(
      [pinOf(at("unending"), BYTES), pinOf(at("silence"), BYTES)],
      testOptions({ limits }),
    );
    expect(verdicts.map((verdict) => [verdict.class, verdict.cause])).toEqual([
      ["truncated", "transfer-timeout"],
      ["unreachable", "transfer-timeout"],
    ]);
  });
  test.for([{ transferTimeoutMs: LIMIT_MS }, { runTimeoutMs: LIMIT_MS }])(
    "of time, which hide no cause when they end a wait: %j",
    async (limits, { expect }) => {
      const pacing = testPacing({ firstWaitMs: 60_000, sleep: PACING.sleep });
      // Nobody listens at port 1, while one that was free a moment ago may be another test's by now.
      const pins = ["http://127.0.0.1:1/", at("half"), at("busy")].map((url) => pinOf(url, BYTES));
      const { verdicts } = await verifyPins(pins, testOptions({ limits, pacing }));
      expect(verdicts.map((verdict) => [verdict.class, verdict.cause, verdict.attempts])).toEqual([
        ["unreachable", "ECONNREFUSED", 1],
        ["truncated", "connection-cut", 1],
        ["unreachable", "status-503", 1],
      ]);
      expect(exitOf({ verdicts })).toBe(2);
    },
  );
  test("of a run, also for what had no turn yet", async ({ expect }) => {
    const limits = { runTimeoutMs: 80, idleBytes: 1 };
    const pins = [pinOf(at("unending"), BYTES), pinOf(at("artifact"), BYTES)];
    const { verdicts } = await verifyPins(
      pins,
      testOptions({ limits, concurrency: { total: 1, perHost: 1 } }),
    );
    expect(verdicts.map((verdict) => [verdict.class, verdict.cause])).toEqual([
      ["unreachable", "run-timeout"],
      ["unreachable", "run-timeout"],
    ]);
    expect(exitOf({ verdicts })).toBe(2);
  });
  test("of requests, however much each of them brings", async ({ expect }) => {
    const limits = { maxRequests: 3 };
    const { verdicts } = await verifyPins([pinOf(at("half"), BYTES)], testOptions({ limits }));
    expect(verdicts[0]).toMatchObject({ class: "truncated", attempts: 3 });
  });
});

describe("an end from outside", () => {
  test("leaves verdicts that nobody could tell, and no connection", async () => {
    const end = new AbortController();
    const before = asked("silence") + asked("unending");
    const verified = verifyPins(
      [pinOf(at("silence"), BYTES), pinOf(at("unending"), BYTES)],
      testOptions({ signal: end.signal, limits: { idleBytes: 1 } }),
    );
    await vi.waitUntil(() => asked("silence") + asked("unending") === before + 2, WAIT);
    end.abort();
    const { verdicts } = await verified;
    expect(verdicts.map((verdict) => [verdict.class, verdict.cause])).toEqual([
      ["unreachable", "cancelled"],
      ["unreachable", "cancelled"],
    ]);
  });
  test("before the beginning asks nobody", async () => {
    const before = asked("artifact");
    const { verdicts } = await verifyPins(
      [pinOf(at("artifact"), BYTES)],
      testOptions({ signal: AbortSignal.abort() }),
    );
    expect([verdicts[0]?.cause, asked("artifact") - before]).toEqual(["cancelled", 0]);
  });
});

test("verdicts are told as they are found", async () => {
  const told: PinVerdict[] = [];
  const pins = [pinOf(at("drip"), BYTES), pinOf(at("artifact"), BYTES)];
  const { verdicts } = await verifyPins(pins, testOptions({ onVerdict: (verdict) => told.push(verdict) }));
  expect(told).toEqual(verdicts.toReversed());
});

test("an allowance that holds takes a verdict out", async () => {
  const pin = pinOf(at("gone"), BYTES, { allowance: { reason: "the vendor moves", expires: "2026-01-15" } });
  const { verdicts } = await verifyPins([pin, pinOf(at("artifact"), BYTES)], testOptions());
  expect(verdicts[0]).toMatchObject({ class: "gone", isAllowed: true });
  expect(exitOf({ verdicts })).toBe(0);
});

test("an allowance holds for every pin of the same url and digest, and for no other url", async () => {
  const allowance = { reason: "the vendor moves", expires: "2026-01-15" };
  const allowed = pinOf(at("gone"), BYTES, { allowance });
  const mirrored = pinOf(at("gone"), BYTES, { urls: [at("gone"), at("other-gone"), at("artifact")] });
  const { verdicts } = await verifyPins([mirrored, allowed], testOptions());
  expect(verdicts.map(({ url, isAllowed, pin }) => [url, isAllowed, pin.allowance])).toEqual([
    [at("gone"), true, allowance],
    [at("other-gone"), false, null],
    [at("artifact"), false, null],
    [at("gone"), true, allowance],
  ]);
});

test("without the option for tests this machine is not asked, not even by a proxy's leave", async () => {
  const proxy = await startProxy(server.port);
  const proxies = { ...DIRECT, httpProxy: proxy.url };
  const before = asked("artifact");
  const { verdicts } = await verifyPins(
    [pinOf(at("artifact"), BYTES)],
    testOptions({ proxies, allowLoopbackHttp: false }),
  );
  expect([verdicts[0]?.class, asked("artifact") - before, proxy.tunnels]).toEqual(["blocked", 0, []]);
  await proxy.stop();
});
