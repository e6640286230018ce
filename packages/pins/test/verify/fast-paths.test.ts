import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fail, ok } from "@imagegate/core";
import type { AssetDigest, ReleaseAssets } from "@imagegate/forge";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Pin } from "../../src/pin/pin.ts";
import { verifyPins, type VerifyOptions } from "../../src/verify/verify.ts";
import { artifactBytes, digestOf, pinOf } from "../fixtures/artifact.ts";
import { redirect, whole } from "../fixtures/conducts.ts";
import { testOptions, testPacing } from "../fixtures/options.ts";
import { startServer, type Conduct, type LocalServer } from "../fixtures/server.ts";

const BYTES = artifactBytes(4_000);
const OTHER = artifactBytes(4_000, "other");
const DAY_MS = 24 * 60 * 60 * 1000;
const NOON = Date.UTC(2026, 0, 15, 12);
let server: LocalServer;
let folder: string;
let content: Buffer;
let etag: string;

/** A server that answers conditional requests. */
const conditional: Conduct = (request, response, count) => {
  if (request.headers["if-none-match"] === etag) return void response.writeHead(304, { etag }).end();
  whole(content, { etag })(request, response, count);
};

beforeAll(async () => {
  server = await startServer({
    conditional,
    moved: redirect("/conditional"),
    "lies-with-304": (request, response, count) =>
      request.headers["if-none-match"] === undefined
        ? whole(content, { etag })(request, response, count)
        : void response.writeHead(304, { etag: '"another"' }).end(),
    untagged: (...given) => whole(content, { "last-modified": "Thu, 01 Jan 2026 00:00:00 GMT" })(...given),
  });
});
afterAll(() => server.stop());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "imagegate-pins-"));
  content = BYTES;
  etag = '"one"';
  return () => rmSync(folder, { recursive: true });
});

const at = (path: string): string => `http://127.0.0.1:${server.port}/${path}`;

async function verify(pin: Pin, options: Partial<VerifyOptions>) {
  const { verdicts, downloads, downloadedBytes } = await verifyPins([pin], testOptions(options));
  return { class: verdicts[0]?.class, method: verdicts[0]?.method, downloads, downloadedBytes };
}

const HASHED = { class: "ok", method: "hashed", downloads: 1, downloadedBytes: 4_000 };
const REMEMBERED = { class: "ok", method: "remembered", downloads: 0, downloadedBytes: 0 };

const attesting = (digest: AssetDigest | null): ReleaseAssets => ({
  findDigest: () => Promise.resolve(ok(digest)),
});

const pin = () => pinOf(at("conditional"), BYTES);
const memory = (nowMs = NOON, maxAgeMs = 7 * DAY_MS): Partial<VerifyOptions> => ({
  memory: { root: folder, maxAgeMs },
  pacing: testPacing({ now: () => nowMs }),
});
const logged = (): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

describe("what a forge attests", () => {
  const right = { sha256: digestOf(BYTES).hex, sizeBytes: 4_000 };

  test("is believed when it is what was pinned, and is said to be attested", async () => {
    const found = await verify(pinOf(at("conditional"), BYTES), { attest: attesting(right) });
    expect(found).toEqual({ class: "ok", method: "attested", downloads: 0, downloadedBytes: 0 });
  });
  test.each<[string, AssetDigest | null, Partial<Pin>]>([
    ["nothing", null, {}],
    ["another digest", { ...right, sha256: digestOf(OTHER).hex }, {}],
    ["another size", { ...right, sizeBytes: 5 }, { sizeBytes: 4_000 }],
    ["not all of the digests", right, { digests: [digestOf(BYTES), digestOf(BYTES, "sha512")] }],
  ])("is no verdict when it is %s: the bytes decide", async (_, digest, overrides) => {
    const pin = pinOf(at("conditional"), BYTES, overrides);
    expect(await verify(pin, { attest: attesting(digest) })).toEqual(HASHED);
  });
  test("is no verdict when nobody could be asked", async () => {
    const attest: ReleaseAssets = { findDigest: () => Promise.resolve(fail({ reason: "cancelled" })) };
    expect(await verify(pinOf(at("conditional"), BYTES), { attest })).toEqual(HASHED);
  });
});

describe("what the log remembers", () => {
  test("a full hash, when the server says that nothing has changed", async () => {
    expect(await verify(pin(), memory())).toEqual(HASHED);
    expect(await verify(pin(), memory(NOON + DAY_MS))).toEqual(REMEMBERED);
    expect(await verify(pinOf(at("conditional"), BYTES, { sizeBytes: 1 }), memory())).toMatchObject({
      class: "size-mismatch",
    });
  });
  test("nothing that is older than was asked for, or from the future", async () => {
    await verify(pin(), memory());
    expect(await verify(pin(), memory(NOON - 1))).toEqual(HASHED);
    expect(await verify(pin(), memory(NOON + 8 * DAY_MS))).toEqual(HASHED);
    expect(await verify(pin(), memory(NOON + 8 * DAY_MS, 0))).toEqual(REMEMBERED);
  });
  test("not for longer because it was remembered", async () => {
    await verify(pin(), memory());
    expect(await verify(pin(), memory(NOON + 6 * DAY_MS))).toEqual(REMEMBERED);
    expect(await verify(pin(), memory(NOON + 8 * DAY_MS))).toEqual(HASHED);
  });
  test("nothing once the bytes have changed", async () => {
    await verify(pin(), memory());
    content = OTHER;
    etag = '"two"';
    expect(await verify(pin(), memory())).toMatchObject({ class: "drift", method: "hashed" });
    expect(await verify(pin(), memory())).toMatchObject({ class: "drift", method: "hashed" });
  });
  test("nothing for other digests", async () => {
    await verify(pin(), memory());
    expect(await verify(pinOf(at("conditional"), OTHER), memory())).toMatchObject({ class: "drift" });
  });
  test("nothing by a weak ETag or a date", async () => {
    etag = 'W/"one"';
    await verify(pin(), memory());
    await verify(pinOf(at("untagged"), BYTES), memory());
    expect(logged()).toEqual([]);
    expect(await verify(pin(), memory())).toEqual(HASHED);
  });
  test("nothing by a 304 that names another ETag", async () => {
    const lying = pinOf(at("lies-with-304"), BYTES);
    await verify(lying, memory());
    expect(await verify(lying, memory())).toEqual(HASHED);
  });
  test("what was redirected, by the ETag of where it lies", async () => {
    await verify(pinOf(at("moved"), BYTES), memory());
    expect(await verify(pinOf(at("moved"), BYTES), memory())).toEqual(REMEMBERED);
  });
  test("nothing by the 304 of somebody else, who is not told of the ETag either", async () => {
    const elsewhere = await startServer({
      moved: (request, response, count) =>
        count === 1
          ? redirect(at("conditional"))(request, response, count)
          : void response.writeHead(304).end(),
    });
    const pinned = pinOf(`http://127.0.0.1:${elsewhere.port}/moved`, BYTES);
    expect(await verify(pinned, memory())).toEqual(HASHED);
    expect(await verify(pinned, memory())).toMatchObject({ class: "unreachable", method: "none" });
    expect(elsewhere.requests.get("/moved")?.map((headers) => headers["if-none-match"])).toEqual([
      undefined,
      undefined,
    ]);
    await elsewhere.stop();
  });
  test.each<[string, (text: string) => string]>([
    ["nothing", () => ""],
    ["no JSON", () => "{"],
    ["another url", (text) => text.replace("/conditional", "/elsewhere")],
    ["other digests", (text) => text.replace("sha256:", "sha256:0")],
    ["another format", (text) => text.replace("verdict 2", "verdict 3")],
    ["something more", (text) => text.replace("{", '{"class":"ok",')],
    ["a weak ETag", (text) => text.replace('"\\"one\\""', '"W/\\"one\\""')],
    ["too much", (text) => text + " ".repeat(70_000)],
  ])("nothing from an entry with %s", async (_, damage) => {
    await verify(pin(), memory());
    const [path = ""] = logged();
    const before = readFileSync(path, "utf8");
    expect(damage(before)).not.toBe(before);
    writeFileSync(path, damage(before));
    expect(await verify(pin(), memory())).toEqual(HASHED);
  });
  test("nothing where the folder cannot be written to, and that changes no verdict", async () => {
    writeFileSync(join(folder, "v1"), "");
    expect(await verify(pin(), memory())).toEqual(HASHED);
    expect(await verify(pin(), memory())).toEqual(HASHED);
  });
  test("nothing of bytes that were not what was pinned", async () => {
    await verify(pinOf(at("conditional"), OTHER), memory());
    expect(logged()).toEqual([]);
  });
});
