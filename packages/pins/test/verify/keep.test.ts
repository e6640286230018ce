import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Result } from "@imagegate/core";
import type { StoredArtifact, StoreWriteFailure } from "@imagegate/host";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { verifyPins } from "../../src/verify/verify.ts";
import { artifactBytes, digestOf, pinOf } from "../fixtures/artifact.ts";
import { after, cut, rest, whole } from "../fixtures/conducts.ts";
import { testOptions } from "../fixtures/options.ts";
import { startServer, type LocalServer } from "../fixtures/server.ts";

const BYTES = artifactBytes(200_000);
const OTHER = artifactBytes(200_000, "other");
let server: LocalServer;
let root: string;

beforeAll(async () => {
  server = await startServer({
    artifact: whole(BYTES),
    pieced: after(1, cut(BYTES, 0.5), rest({ bytes: BYTES })),
    "pieced-wrongly": after(1, cut(OTHER, 0.5), rest({ bytes: BYTES })),
    drift: whole(OTHER),
  });
});
afterAll(() => server.stop());
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "imagegate-pins-"));
  return () => rmSync(root, { recursive: true });
});

async function keep(path: string) {
  const kept: Result<StoredArtifact, StoreWriteFailure>[] = [];
  const url = `http://127.0.0.1:${server.port}/${path}`;
  const pin = pinOf(url, BYTES, { digests: [digestOf(BYTES, "sha512")] });
  const { verdicts } = await verifyPins(
    [pin],
    testOptions({ keep: { root, onKept: (_, stored) => kept.push(stored) } }),
  );
  return { found: verdicts[0]?.class, kept };
}

const files = (): readonly string[] =>
  readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);

test.each(["artifact", "pieced", "pieced-wrongly"])(
  "%s: the pinned bytes are kept, under their sha256",
  async (path) => {
    const { found, kept } = await keep(path);
    expect([found, kept.length]).toEqual(["ok", 1]);
    const [stored] = kept;
    if (stored?.ok !== true) throw new Error("nothing was kept");
    expect(stored.value).toMatchObject({ sha256: digestOf(BYTES).hex, sizeBytes: BYTES.length });
    expect(readFileSync(stored.value.path).equals(BYTES)).toBe(true);
    expect(files()).toEqual([digestOf(BYTES).hex]);
  },
);

test("other bytes are not kept, and nothing is left of them", async () => {
  expect(await keep("drift")).toEqual({ found: "drift", kept: [] });
  expect(files()).toEqual([]);
});

test("bytes that could not be kept are verified all the same", async () => {
  writeFileSync(join(root, "v1"), "");
  const { found, kept } = await keep("artifact");
  expect([found, kept]).toEqual([
    "ok",
    [{ ok: false, failure: expect.objectContaining({ reason: "store-write-failed", code: "ENOTDIR" }) }],
  ]);
});
