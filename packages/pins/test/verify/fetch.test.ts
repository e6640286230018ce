import { afterAll, beforeAll, expect, test } from "vitest";
import { fetchDigests } from "../../src/verify/fetch.ts";
import { artifactBytes, digestOf } from "../fixtures/artifact.ts";
import { after, closeDelimited, cut, endless, gzipped, rest, status, whole } from "../fixtures/conducts.ts";
import { testOptions } from "../fixtures/options.ts";
import { startServer, type LocalServer } from "../fixtures/server.ts";

const BYTES = artifactBytes(4_000);
let server: LocalServer;

beforeAll(async () => {
  server = await startServer({
    artifact: whole(BYTES, { "content-type": "application/gzip" }),
    chunks: (_, response) => void response.end(BYTES),
    "cut-once": after(1, cut(BYTES, 0.5), rest({ bytes: BYTES, bytesOffset: -1 })),
    cut: cut(BYTES, 0.5),
    delimited: closeDelimited(BYTES),
    page: whole(Buffer.from("<html></html>"), { "content-type": "text/html" }),
    gone: status(404),
    busy: status(503),
    secret: status(403),
    gzipped: gzipped(BYTES),
    endless,
    overrun: (_, response) => void response.writeHead(200, { "content-length": "1000" }).end(BYTES),
  });
});
afterAll(() => server.stop());

async function fetchAll(paths: readonly string[]) {
  const targets = paths.map((path) => ({
    url: `http://127.0.0.1:${server.port}/${path}`,
    algorithms: ["sha256", "sha512"] as const,
  }));
  return fetchDigests(targets, testOptions());
}

test("a whole body gives its digests and the evidence", async () => {
  const [artifact, chunks, cutOnce] = await fetchAll(["artifact", "chunks", "cut-once"]);
  const digests = [digestOf(BYTES), digestOf(BYTES, "sha512")];
  expect(artifact).toMatchObject({
    class: "fetched",
    digests,
    sizeBytes: 4_000,
    contentType: "application/gzip",
  });
  expect(chunks).toMatchObject({ class: "fetched", digests });
  // In one piece: nobody knows what a rest should hash to.
  expect(cutOnce).toMatchObject({ class: "fetched", digests });
  expect(server.requests.get("/cut-once")?.map(({ range }) => range)).toEqual([undefined, undefined]);
});

test.each([
  ["cut", "truncated", "connection-cut"],
  ["delimited", "truncated", "end-unknown"],
  ["overrun", "truncated", "length-overrun"],
  ["page", "not-an-artifact", "html"],
  ["gone", "gone", "status-404"],
  ["busy", "unreachable", "status-503"],
  ["secret", "denied", "status-403"],
  ["gzipped", "blocked", "content-encoding"],
  ["endless", "blocked", "larger-than-limit"],
])("%s gives no digest", async (path, found, cause) => {
  expect(await fetchAll([path])).toMatchObject([{ class: found, cause }]);
});

test("what is no url is blocked", async () => {
  const fetched = await fetchDigests([{ url: "no url", algorithms: ["sha256"] }], testOptions());
  expect(fetched).toMatchObject([{ url: "no url", class: "blocked", cause: "not-a-url" }]);
});
