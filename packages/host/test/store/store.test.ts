import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { sha256 } from "@imagegate/core";
import { describe, expect, test } from "vitest";
import { storeInfo } from "../../src/store/info.ts";
import { entryPath, type StoreKind } from "../../src/store/path.ts";
import { openStore } from "../../src/store/store.ts";
import { verifyStore } from "../../src/store/verify.ts";
import { script, temporaryFolder } from "../fixtures/paths.ts";

const key = "12".repeat(32);
const payload = Buffer.from("the payload");

interface Access {
  readonly damaged: number;
  read(kind: StoreKind, key: string): ReturnType<ReturnType<typeof openStore>["read"]>;
  write(kind: StoreKind, key: string, bytes: Uint8Array): ReturnType<ReturnType<typeof openStore>["write"]>;
}

function openSync(root: string): Access {
  const store = openStore({ root });
  return {
    get damaged() {
      return store.damaged;
    },
    read: async (kind, at) => store.readSync(kind, at),
    write: async (kind, at, bytes) => store.writeSync(kind, at, bytes),
  };
}

describe.each([
  ["async", (root: string): Access => openStore({ root })],
  ["sync", openSync],
])("%s", (_name, open) => {
  test("miss, written, hit, present", async () => {
    const root = join(temporaryFolder(), "cache");
    const store = open(root);
    expect(await store.read("inspect", key)).toEqual({ status: "miss" });
    expect(await store.write("inspect", key, payload)).toEqual({ ok: true, value: "written" });
    expect(await store.read("inspect", key)).toMatchObject({ status: "hit", bytes: payload });
    expect(await store.write("inspect", key, payload)).toEqual({ ok: true, value: "present" });
    expect(await open(root).write("inspect", key, payload)).toEqual({ ok: true, value: "present" });
    expect(await open(root).write("inspect", key, Buffer.from("other size"))).toMatchObject({
      value: "written",
    });
    expect(await store.read("fingerprint", key)).toEqual({ status: "miss" });
  });

  test("files are for their owner only", async () => {
    const root = join(temporaryFolder(), "cache");
    await open(root).write("blob", sha256(payload), payload);
    const path = entryPath(root, "blob", sha256(payload));
    expect(statSync(path).mode & 0o777).toBe(0o600);
    for (let folder = dirname(path); folder.startsWith(root); folder = dirname(folder)) {
      expect(statSync(folder).mode & 0o777).toBe(0o700);
    }
  });

  test.each([
    ["truncated", (path: string) => truncateSync(path, statSync(path).size - 1), "length"],
    ["emptied", (path: string) => truncateSync(path, 0), "header"],
    ["flipped", flipLastBit, "digest"],
    ["foreign", (path: string) => writeFileSync(path, "{}"), "header"],
  ])("%s: a miss that the next write repairs", async (_damage, damage, problem) => {
    const root = temporaryFolder();
    await open(root).write("manifest", key, payload);
    damage(entryPath(root, "manifest", key));
    const store = open(root);
    expect(await store.read("manifest", key)).toEqual({ status: "corrupt", problem });
    expect(await store.write("manifest", key, payload)).toEqual({ ok: true, value: "written" });
    expect(await store.read("manifest", key)).toMatchObject({ status: "hit", bytes: payload });
  });

  test("an entry that was put in another's place", async () => {
    const root = temporaryFolder();
    const other = "12".repeat(20);
    await open(root).write("manifest", key, payload);
    copyFileSync(entryPath(root, "manifest", key), entryPath(root, "manifest", other));
    expect(await open(root).read("manifest", other)).toEqual({ status: "corrupt", problem: "address" });
  });

  test("damage is found and repaired in a run that saw the entry whole", async () => {
    const root = temporaryFolder();
    const store = open(root);
    await store.write("inspect", key, payload);
    flipLastBit(entryPath(root, "inspect", key));
    expect(await store.read("inspect", key)).toMatchObject({ status: "corrupt" });
    expect(await store.write("inspect", key, payload)).toMatchObject({ value: "written" });
  });

  test("a store that vanishes is an empty store", async () => {
    const root = temporaryFolder();
    const store = open(root);
    await store.write("inspect", key, payload);
    rmSync(root, { recursive: true });
    expect(await store.read("inspect", key)).toEqual({ status: "miss" });
    expect(await store.write("inspect", key, payload)).toMatchObject({ value: "written" });
  });

  test("a root below a file: reads miss, writes say why", async () => {
    const file = join(temporaryFolder(), "file");
    writeFileSync(file, "");
    const store = open(join(file, "cache"));
    expect(await store.read("inspect", key)).toEqual({ status: "miss" });
    expect(await store.write("inspect", key, payload)).toMatchObject({
      ok: false,
      failure: { reason: "store-write-failed", code: "ENOTDIR" },
    });
  });

  test("a folder in an entry's place is a miss, and the failed write leaves nothing", async () => {
    const root = temporaryFolder();
    const path = entryPath(root, "inspect", key);
    mkdirSync(path, { recursive: true });
    expect(await open(root).read("inspect", key)).toEqual({ status: "miss" });
    expect(await open(root).write("inspect", key, payload)).toMatchObject({ failure: { code: "EISDIR" } });
    expect(readdirSync(dirname(path))).toEqual([key]);
  });

  test("a link to itself in an entry's place is a miss that is counted, and the next write replaces it", async () => {
    const root = temporaryFolder();
    const path = entryPath(root, "inspect", key);
    mkdirSync(dirname(path), { recursive: true });
    symlinkSync(path, path);
    const store = open(root);
    expect(await store.read("inspect", key)).toEqual({ status: "miss" });
    expect(store.damaged).toBe(1);
    expect(await store.write("inspect", key, payload)).toMatchObject({ value: "written" });
    expect(await store.read("inspect", key)).toMatchObject({ status: "hit", bytes: payload });
  });

  test("a blob under a key that is not its digest is a mistake of the caller", async () => {
    await expect((async () => open(temporaryFolder()).write("blob", key, payload))()).rejects.toThrow(
      "sha256",
    );
  });

  test("a key cannot leave its folder", async () => {
    await expect((async () => open(temporaryFolder()).read("blob", "../../../x"))()).rejects.toThrow(
      RangeError,
    );
  });
});

function flipLastBit(path: string): void {
  const bytes = readFileSync(path);
  bytes.writeUInt8((bytes.at(-1) ?? 0) ^ 1, bytes.length - 1);
  writeFileSync(path, bytes);
}

test.each([2, 8])("%i processes that write the same entries", async (count) => {
  const root = temporaryFolder();
  const writers = Array.from({ length: count }, (_, i) =>
    spawn(process.execPath, [script("store-writer.js"), root, String(i)], { stdio: "inherit" }),
  );
  const ends = await Promise.all(writers.map(async (writer) => (await once(writer, "exit")) as unknown));
  expect(ends).toEqual(writers.map(() => [0, null]));
  expect(await verifyStore(root)).toEqual({ ok: true, value: { checked: 300, corrupt: [] } });
  expect(await storeInfo(root)).toMatchObject({ value: { temporaries: 0 } });
});

test("a folder of somebody else: failures with their code", () => {
  const root = join(temporaryFolder(), "cache");
  mkdirSync(root, { mode: process.getuid?.() === 0 ? 0o700 : 0o500 });
  const args = [script("unprivileged-write.js"), root, "inspect", key];
  const child = spawnSync(process.execPath, args, { encoding: "utf8" });
  expect(JSON.parse(child.stdout)).toEqual([
    ["store-write-failed", "EACCES"],
    ["write-failed", "EACCES"],
  ]);
});
