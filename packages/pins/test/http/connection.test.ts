import { afterAll, beforeAll, expect, test } from "vitest";
import { verifyPins } from "../../src/verify/verify.ts";
import { artifactBytes, pinOf } from "../fixtures/artifact.ts";
import { raw, whole } from "../fixtures/conducts.ts";
import { testOptions, testPacing } from "../fixtures/options.ts";
import { startServer, type Conduct, type LocalServer } from "../fixtures/server.ts";

const RIGHT = artifactBytes(3_000);
const HEAD = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 5\r\n\r\n";
const overrun: Conduct = (_, response) =>
  void response.writeHead(200, { "content-length": "5" }).end("right bytes");
/** What follows comes when the client has read all that it was promised, and gone. */
const tooLate: Conduct = ({ socket }) => {
  socket.on("error", () => undefined).on("close", () => socket.end(" bytes"));
  socket.write(`${HEAD}right`);
};
const onceInOnePiece: Conduct = (request, response, count) =>
  raw(count === 1 ? `${HEAD}right bytes` : `${HEAD}right`)(request, response, count);
let server: LocalServer;

beforeAll(async () => {
  server = await startServer({
    overrun,
    "in-one-piece": raw(`${HEAD}right bytes`),
    "too-late": tooLate,
    "once-in-one-piece": onceInOnePiece,
    other: whole(artifactBytes(3_000, "other")),
    short: raw(`${HEAD}right`),
  });
});
afterAll(() => server.stop());

async function judge(...paths: readonly string[]) {
  const pins = paths.map((path) => pinOf(`http://127.0.0.1:${server.port}/${path}`, RIGHT));
  const { verdicts } = await verifyPins(pins, testOptions({ pacing: testPacing({ timeoutMs: 10_000 }) }));
  return verdicts.map((verdict) => [verdict.class, verdict.cause]);
}

test("a body goes on behind its end, and the connection stays open", async () => {
  expect(await judge("overrun")).toEqual([["truncated", "length-overrun"]]);
});

test("a body goes on behind its end, in one piece with it, and the connection closes", async () => {
  expect(await judge("in-one-piece")).toEqual([["truncated", "length-overrun"]]);
});

test("what comes later over a connection that closes nobody sees: it is told as any whole body", async () => {
  expect(await judge("too-late", "short")).toEqual([
    ["drift", "digest"],
    ["drift", "digest"],
  ]);
});

test("what was seen once is not forgotten when it is out of sight the next time", async () => {
  expect(await judge("once-in-one-piece")).toEqual([["truncated", "length-overrun"]]);
});

test("what one connection brought is held against no other of the same server", async () => {
  expect(await judge("overrun", "other", "in-one-piece", "other?2", "overrun?2", "other?3")).toEqual([
    ["truncated", "length-overrun"],
    ["drift", "digest"],
    ["truncated", "length-overrun"],
    ["drift", "digest"],
    ["truncated", "length-overrun"],
    ["drift", "digest"],
  ]);
});
