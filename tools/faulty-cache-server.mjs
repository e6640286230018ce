// A server of Nx's protocol for self-hosted remote caches (GET and PUT /v1/cache/HASH) that can fail in the ways that
// matter. For tools/remote-cache.mjs only: it checks no token and keeps everything in memory.
import { randomBytes } from "node:crypto";
import { createServer } from "node:http";

/** What a server may do instead of its work; the first does it right. */
export const FAULTS = {
  ok: {},
  down: { isDown: true },
  slow: { delayMs: 3_000 },
  "GET 500": { getStatus: 500 },
  "PUT 403": { putStatus: 403, isEmpty: true },
  "random bytes": { distort: (bytes) => randomBytes(bytes.length) },
  truncated: { distort: (bytes) => bytes.subarray(0, bytes.length / 2) },
  "another task's entry": { answer: ({ entries }, hash) => findOther(entries, hash) },
  "forged entry": { answer: ({ forged }) => forged },
};

/** Starts a server over `entries` (bytes by hash), which PUT adds to; `forged` is what a forger answers to all. */
export async function openCacheServer(fault, { entries, forged }) {
  const cache = { ...FAULTS[fault], entries, forged, seen: { hits: 0, misses: 0, kept: 0 } };
  const server = createServer(async (request, response) => {
    const body = await readBody(request);
    await new Promise((resolve) => setTimeout(resolve, cache.delayMs ?? 0));
    const { status, bytes = "" } = answer(cache, request, body);
    response.writeHead(status, { "content-type": "application/octet-stream" }).end(bytes);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${server.address().port}`;
  const close = () => closeServer(server);
  if (!cache.isDown) return { url, seen: cache.seen, close };
  await close();
  return { url, seen: cache.seen, close: async () => undefined };
}

function closeServer(server) {
  return new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
}

async function readBody(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function answer(cache, { method, url }, body) {
  const hash = /^\/v1\/cache\/([\w-]+)$/.exec(url)?.[1];
  if (hash === undefined) return { status: 404 };
  return method === "PUT" ? put(cache, hash, body) : get(cache, hash);
}

function get(cache, hash) {
  if (cache.getStatus !== undefined) return { status: cache.getStatus };
  const right = cache.isEmpty === true ? undefined : cache.entries.get(hash);
  const bytes = cache.answer?.(cache, hash) ?? right;
  cache.seen[bytes === undefined ? "misses" : "hits"] += 1;
  if (bytes === undefined) return { status: 404 };
  return { status: 200, bytes: cache.distort?.(bytes) ?? bytes };
}

function put(cache, hash, body) {
  if (cache.putStatus !== undefined) return { status: cache.putStatus };
  if (cache.entries.has(hash)) return { status: 409 };
  cache.entries.set(hash, body);
  cache.seen.kept += 1;
  return { status: 200 };
}

function findOther(entries, hash) {
  for (const [other, bytes] of entries) if (other !== hash) return bytes;
  return undefined;
}
