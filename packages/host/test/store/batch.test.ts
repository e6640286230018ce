import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { exportStore } from "../../src/store/export.ts";
import { findEntries, storeInfo } from "../../src/store/info.ts";
import { importStore } from "../../src/store/import.ts";
import { openPackFile } from "../../src/store/pack-file.ts";
import { entryPath, packFolder, STORE_KINDS } from "../../src/store/path.ts";
import { pruneStore } from "../../src/store/prune.ts";
import { Sealer, type EntryContent, type SealedEntries } from "../../src/store/sealed.ts";
import { openStore, type Store } from "../../src/store/store.ts";
import { verifyStore } from "../../src/store/verify.ts";
import { age, HOUR_MS, keyOf, NOW_MS } from "../fixtures/filled-store.ts";
import { temporaryFolder } from "../fixtures/paths.ts";

/** More than get files of their own. */
const MANY = 100;

function contents(count: number): readonly EntryContent[] {
  return Array.from({ length: count }, (_, n) => ({
    kind: "inspect",
    key: keyOf(n),
    payload: Buffer.from(`entry ${n} `.repeat(n)),
  }));
}

function sealAbsent(store: Store, contents: readonly EntryContent[]): SealedEntries {
  const sealer = new Sealer();
  store.sealAbsent(contents, sealer);
  return sealer.take();
}

/** A store with one pack of `MANY` entries. */
async function packedStore(): Promise<{ readonly root: string; readonly pack: string }> {
  const root = temporaryFolder();
  const store = openStore({ root });
  const batch = store.batch();
  await batch.add(sealAbsent(store, contents(MANY)));
  expect(await batch.flush()).toBeNull();
  store.close();
  const [name = ""] = readdirSync(packFolder(root));
  return { root, pack: join(packFolder(root), name) };
}

async function readAll(root: string): Promise<readonly string[]> {
  const store = openStore({ root });
  const states: string[] = [];
  for (const { kind, key, payload } of contents(MANY)) {
    const read = await store.read(kind, key);
    expect(store.readSync(kind, key)).toEqual(read);
    states.push(read.status);
    if (read.status === "hit") expect(Buffer.from(read.bytes)).toEqual(payload);
  }
  store.close();
  return [...new Set(states)];
}

/** Changes a byte of the content of some entry. */
function damage(pack: string): void {
  const bytes = readFileSync(pack);
  const at = bytes.indexOf("entry 60 entry 60");
  bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
  writeFileSync(pack, bytes);
}

describe("many entries", () => {
  test("are one file, and each is read as if it had its own", async () => {
    const { root, pack } = await packedStore();
    expect(await readAll(root)).toEqual(["hit"]);
    expect(statSync(pack).mode & 0o777).toBe(0o600);
    expect(statSync(packFolder(root)).mode & 0o777).toBe(0o700);
    expect(existsSync(entryPath(root, "inspect", keyOf(1)))).toBe(false);
    expect(await storeInfo(root)).toMatchObject({ value: { packs: 1, temporaries: 0 } });
    expect(await findEntries(root, keyOf(60).slice(0, 8))).toMatchObject({
      value: [{ kind: "inspect", key: keyOf(60), path: pack }],
    });
  });

  test("are written whole when they are more than one call takes", async () => {
    const root = temporaryFolder();
    const many = contents(2_500).map((entry, n) => ({ ...entry, payload: Buffer.from(`entry ${n}`) }));
    const store = openStore({ root });
    const batch = store.batch();
    await batch.add(sealAbsent(store, many));
    expect(await batch.flush()).toBeNull();
    expect(readdirSync(packFolder(root))).toHaveLength(1);
    for (const { kind, key, payload } of many) {
      expect(store.readSync(kind, key)).toEqual({ status: "hit", bytes: payload });
    }
    store.close();
    expect(await verifyStore(root)).toMatchObject({ value: { checked: 2_500, corrupt: [] } });
  });

  test("are not written twice, neither in a pack nor alone", async () => {
    const { root } = await packedStore();
    const store = openStore({ root });
    expect(sealAbsent(store, contents(MANY)).entries).toEqual([]);
    const [, one] = contents(2);
    expect(await store.write("inspect", one?.key ?? "", one?.payload ?? Buffer.of())).toEqual({
      ok: true,
      value: "present",
    });
    expect(store.writeSync("inspect", one?.key ?? "", one?.payload ?? Buffer.of())).toMatchObject({
      value: "present",
    });
    store.close();
  });

  test("are seen by a store that was open before, however soon", async () => {
    const root = temporaryFolder();
    const reader = openStore({ root });
    expect(reader.readSync("inspect", keyOf(1))).toEqual({ status: "miss" });
    const writer = openStore({ root });
    for (const part of [contents(MANY), contents(2 * MANY).slice(MANY)]) {
      const batch = writer.batch();
      await batch.add(sealAbsent(writer, part));
      await batch.flush();
      for (const { kind, key } of part) expect(reader.readSync(kind, key).status).toBe("hit");
    }
    writer.close();
    reader.close();
  });

  test("may be overlooked for a second by who asks lately, and by nobody else", async () => {
    const { root } = await packedStore();
    const store = openStore({ root });
    const [known, late] = [keyOf(0), keyOf(MANY + 1)];
    expect(store.readSync("inspect", known, "lately").status).toBe("hit");
    const other = openStore({ root });
    const batch = other.batch();
    const more = contents(MANY * 2).slice(MANY);
    await batch.add(sealAbsent(other, more));
    expect(await batch.flush()).toBeNull();
    expect(store.readSync("inspect", late, "lately").status).toBe("miss");
    expect(store.readSync("inspect", late).status).toBe("hit");
    expect(store.readSync("inspect", keyOf(MANY + 2), "lately").status).toBe("hit");
    store.close();
    other.close();
  });

  test("of a batch are known to it at once: what comes a second time is in no second pack", async () => {
    const root = temporaryFolder();
    const store = openStore({ root });
    const batch = store.batch();
    for (const count of [MANY, 2 * MANY]) {
      // Another thread, which knows nothing of the first.
      await batch.add(sealAbsent(openStore({ root: temporaryFolder() }), contents(count)));
      expect(await batch.flush()).toBeNull();
    }
    const packs = readdirSync(packFolder(root)).map((name) => openPackFile(join(packFolder(root), name)));
    expect(packs.map((pack) => (typeof pack === "string" ? pack : pack.index.size))).toEqual([MANY, MANY]);
    for (const pack of packs) if (typeof pack !== "string") pack.close();
    store.close();
  });

  test("nothing of a batch is there before it is flushed", async () => {
    const root = temporaryFolder();
    const store = openStore({ root });
    const batch = store.batch();
    await batch.add(sealAbsent(store, contents(MANY)));
    expect(await readAll(root)).toEqual(["miss"]);
    await batch.flush();
    expect(await readAll(root)).toEqual(["hit"]);
    store.close();
  });
});

test("few entries get files of their own", async () => {
  const root = temporaryFolder();
  const store = openStore({ root });
  const batch = store.batch();
  await batch.add(sealAbsent(store, contents(3)));
  await batch.flush();
  expect(existsSync(packFolder(root))).toBe(false);
  expect(existsSync(entryPath(root, "inspect", keyOf(2)))).toBe(true);
  expect(store.readSync("inspect", keyOf(2)).status).toBe("hit");
});

describe("a damaged pack", () => {
  test("with a changed byte loses that entry only, and the next write repairs it", async () => {
    const { root, pack } = await packedStore();
    damage(pack);
    const store = openStore({ root });
    expect(store.readSync("inspect", keyOf(60))).toEqual({ status: "corrupt", problem: "digest" });
    expect(store.readSync("inspect", keyOf(61)).status).toBe("hit");
    expect(store.damaged).toBe(1);
    const batch = store.batch();
    await batch.add(sealAbsent(store, contents(MANY)));
    expect(await batch.flush()).toBeNull();
    store.close();
    expect(await readAll(root)).toEqual(["hit"]);
    expect(await storeInfo(root)).toMatchObject({ value: { packs: 1 } });
  });

  test.each([
    ["cut", (path: string) => truncateSync(path, statSync(path).size - 1)],
    ["emptied", (path: string) => truncateSync(path, 0)],
    ["foreign", (path: string) => writeFileSync(path, "imagegate-pack 1\n".repeat(100))],
    [
      "with another index",
      (path: string) => {
        const bytes = readFileSync(path);
        bytes.writeUInt8(bytes.readUInt8(bytes.length - 100) ^ 1, bytes.length - 100);
        writeFileSync(path, bytes);
      },
    ],
    [
      "a folder",
      (path: string) => {
        rmSync(path);
        mkdirSync(path);
      },
    ],
  ])("%s: all its entries are misses, counted once, and are written anew", async (_damage, hurt) => {
    const { root, pack } = await packedStore();
    hurt(pack);
    expect(await readAll(root)).toEqual(["miss"]);
    const store = openStore({ root });
    for (const { kind, key } of contents(5)) expect(store.readSync(kind, key).status).toBe("miss");
    expect(store.damaged).toBe(1);
    expect(await verifyStore(root)).toMatchObject({
      value: { checked: 1, corrupt: [{ kind: "pack", path: pack, problem: "unreadable" }] },
    });
    const batch = store.batch();
    await batch.add(sealAbsent(store, contents(MANY)));
    await batch.flush();
    store.close();
  });

  test("verifying names the entry, and removing it keeps the others", async () => {
    const { root, pack } = await packedStore();
    damage(pack);
    const corrupt = { kind: "inspect", key: keyOf(60), path: pack, problem: "digest" };
    expect(await verifyStore(root)).toMatchObject({
      value: { checked: MANY, corrupt: [{ ...corrupt, removed: false }] },
    });
    expect(await verifyStore(root, { removeCorrupt: true })).toMatchObject({
      value: { corrupt: [{ ...corrupt, removed: true }] },
    });
    expect(existsSync(pack)).toBe(false);
    expect(await verifyStore(root)).toEqual({ ok: true, value: { checked: MANY - 1, corrupt: [] } });
  });
});

test("a pack goes as a whole, and its entries are counted", async () => {
  const { root, pack } = await packedStore();
  age(pack, 2 * HOUR_MS);
  const sizeBytes = statSync(pack).size;
  expect(await pruneStore(root, { nowMs: NOW_MS, maxBytes: sizeBytes })).toMatchObject({
    value: { removed: 0, kept: MANY, keptBytes: sizeBytes },
  });
  expect(await pruneStore(root, { nowMs: NOW_MS, maxAgeMs: HOUR_MS })).toMatchObject({
    value: { removed: MANY, removedBytes: sizeBytes, kept: 0 },
  });
  expect(await readAll(root)).toEqual(["miss"]);
});

test("a pack that vanishes under an open store makes misses", async () => {
  const { root, pack } = await packedStore();
  const store = openStore({ root });
  expect(store.readSync("inspect", keyOf(1)).status).toBe("hit");
  rmSync(pack);
  utimesSync(packFolder(root), NOW_MS / 1000, NOW_MS / 1000);
  expect(store.readSync("inspect", keyOf(1))).toEqual({ status: "miss" });
  rmSync(root, { recursive: true });
  expect(store.readSync("inspect", keyOf(1))).toEqual({ status: "miss" });
  store.close();
});

test("a batch writes again what was removed a moment ago", async () => {
  const { root } = await packedStore();
  const store = openStore({ root });
  const [first] = contents(1);
  expect(first && store.readSync(first.kind, first.key)).toMatchObject({ status: "hit" });
  const sealed = sealAbsent(openStore({ root: temporaryFolder() }), contents(MANY));
  rmSync(packFolder(root), { recursive: true });
  const batch = store.batch();
  await batch.add(sealed);
  expect(await batch.flush()).toBeNull();
  expect(await readAll(root)).toEqual(["hit"]);
});

test("an archive of packs is that of the same entries alone, and comes in as a pack", async () => {
  const { root } = await packedStore();
  const alone = temporaryFolder();
  for (const { kind, key, payload } of contents(MANY)) {
    openStore({ root: alone }).writeSync(kind, key, payload);
  }
  const folder = temporaryFolder();
  for (const [from, name] of [
    [root, "packed"],
    [alone, "alone"],
  ] as const) {
    expect(await exportStore(from, join(folder, name), { kinds: STORE_KINDS })).toMatchObject({
      value: { exported: MANY, damaged: 0 },
    });
  }
  expect(readFileSync(join(folder, "packed")).equals(readFileSync(join(folder, "alone")))).toBe(true);
  const target = temporaryFolder();
  const imported = { kinds: STORE_KINDS };
  expect(await importStore(target, join(folder, "packed"), imported)).toMatchObject({
    value: { imported: MANY, present: 0, failed: null },
  });
  expect(await importStore(target, join(folder, "packed"), imported)).toMatchObject({
    value: { imported: 0, present: MANY },
  });
  expect(await readAll(target)).toEqual(["hit"]);
  expect(await storeInfo(target)).toMatchObject({ value: { packs: 1 } });
});

test.each([
  ["alone", 3],
  ["in a pack", MANY],
])("what cannot be kept %s is counted, and the first reason told", async (_how, count) => {
  const file = join(temporaryFolder(), "file");
  writeFileSync(file, "");
  const store = openStore({ root: join(file, "cache") });
  const batch = store.batch();
  await batch.add(sealAbsent(store, contents(count)));
  expect(await batch.flush()).toMatchObject({
    count,
    first: { reason: "store-write-failed", code: "ENOTDIR" },
  });
  expect(await batch.flush()).toBeNull();
});
