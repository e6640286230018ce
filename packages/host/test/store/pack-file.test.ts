import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { openPackFile } from "../../src/store/pack-file.ts";
import { PACK_HEADER } from "../../src/store/pack-index.ts";
import { writePack } from "../../src/store/pack-write.ts";
import { packFolder } from "../../src/store/path.ts";
import { pruneStore } from "../../src/store/prune.ts";
import { sealEnvelope } from "../../src/store/envelope.ts";
import { verifyStore } from "../../src/store/verify.ts";
import { keyOf, NOW_MS } from "../fixtures/filled-store.ts";
import { temporaryFolder } from "../fixtures/paths.ts";

async function packOf(count: number): Promise<{ readonly root: string; readonly path: string }> {
  const root = temporaryFolder();
  const entries = Array.from({ length: count }, (_, n) => ({
    kind: "inspect" as const,
    key: keyOf(n),
    envelope: sealEnvelope("inspect", keyOf(n), Buffer.from(`entry ${n}`)),
  }));
  expect(await writePack(root, entries)).toMatchObject({ ok: true });
  const [name = ""] = readdirSync(packFolder(root));
  return { root, path: join(packFolder(root), name) };
}

test("a pack is opened whole", async () => {
  const { path } = await packOf(3);
  const pack = openPackFile(path);
  if (typeof pack === "string") throw new Error(pack);
  expect(pack.index.size).toBe(3);
  pack.close();
});

test("a byte of its first line that is another one is damage, and verification tells it", async () => {
  const { root, path } = await packOf(3);
  const whole = readFileSync(path);
  fc.assert(
    fc.property(fc.nat({ max: PACK_HEADER.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, flip) => {
      const damaged = Buffer.from(whole);
      damaged.writeUInt8(damaged.readUInt8(at) ^ flip, at);
      writeFileSync(path, damaged);
      expect(openPackFile(path)).toBe("damaged");
    }),
  );
  const corrupt = { kind: "pack", key: basename(path), path, problem: "unreadable" };
  expect(await verifyStore(root)).toMatchObject({ value: { checked: 1, corrupt: [corrupt] } });
});

test("any byte of a pack that is another one is told by verification", async () => {
  const { root, path } = await packOf(3);
  const whole = readFileSync(path);
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: whole.length - 1 }), async (at) => {
      const damaged = Buffer.from(whole);
      damaged.writeUInt8(damaged.readUInt8(at) ^ 1, at);
      writeFileSync(path, damaged);
      const verified = await verifyStore(root);
      expect(verified.ok && verified.value.corrupt.length).toBe(1);
    }),
    { numRuns: 200 },
  );
});

async function folderForPack(): Promise<string> {
  const { root, path } = await packOf(1);
  const folder = join(packFolder(root), "a".repeat(64));
  mkdirSync(join(folder, "something"), { recursive: true });
  writeFileSync(join(folder, "something", "else"), "");
  expect(openPackFile(folder)).toBe("damaged");
  expect(openPackFile(path)).not.toBe("damaged");
  return root;
}

test("a folder in the place of a pack is told and removed by verification", async () => {
  const root = await folderForPack();
  expect(await verifyStore(root, { removeCorrupt: true })).toMatchObject({
    value: {
      checked: 2,
      corrupt: [{ kind: "pack", key: "a".repeat(64), problem: "unreadable", removed: true }],
    },
  });
  expect(await verifyStore(root)).toEqual({ ok: true, value: { checked: 1, corrupt: [] } });
});

test("a folder in the place of a pack goes when the store is pruned", async () => {
  const root = await folderForPack();
  expect(await pruneStore(root, { maxBytes: 0, nowMs: NOW_MS })).toMatchObject({
    value: { failed: 0, kept: 0 },
  });
  expect(readdirSync(packFolder(root))).toEqual([]);
});
