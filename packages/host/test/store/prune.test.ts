import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { isTemporaryName, temporaryPath } from "../../src/files/temporary.ts";
import { createArtifact } from "../../src/store/artifact.ts";
import { findEntries, storeInfo } from "../../src/store/info.ts";
import { artifactFolder, entryPath, pinVerdictFolder } from "../../src/store/path.ts";
import { pruneStore } from "../../src/store/prune.ts";
import { age, filledStore, HOUR_MS, keyOf, NOW_MS } from "../fixtures/filled-store.ts";
import { temporaryFolder } from "../fixtures/paths.ts";

async function keysIn(root: string): Promise<string[]> {
  const keys: string[] = [];
  for (let n = 1; n <= 9; n += 1) {
    const found = await findEntries(root, keyOf(n));
    if (found.ok) keys.push(...found.value.map((entry) => entry.key));
  }
  return keys;
}

test("by age", async () => {
  const { root, entryBytes } = await filledStore(5);
  const report = await pruneStore(root, { nowMs: NOW_MS, maxAgeMs: 3 * HOUR_MS });
  expect(report).toEqual({
    ok: true,
    value: {
      removed: 2,
      removedBytes: 2 * entryBytes,
      kept: 3,
      keptBytes: 3 * entryBytes,
      removedTemporaries: 0,
      failed: 0,
    },
  });
  expect(await keysIn(root)).toEqual([1, 2, 3].map(keyOf));
});

test("by size: the earliest written go first, and no more than needed", async () => {
  const { root, entryBytes } = await filledStore(5);
  await pruneStore(root, { nowMs: NOW_MS, maxBytes: 2 * entryBytes });
  expect(await keysIn(root)).toEqual([1, 2].map(keyOf));
  await pruneStore(root, { nowMs: NOW_MS, maxBytes: 2 * entryBytes - 1 });
  expect(await keysIn(root)).toEqual([keyOf(1)]);
  await pruneStore(root, { nowMs: NOW_MS, maxBytes: 0 });
  expect(await keysIn(root)).toEqual([]);
});

test("without bounds only left-overs of interrupted writes go, and only old ones", async () => {
  const { root } = await filledStore(2);
  const folder = dirname(entryPath(root, "inspect", keyOf(1)));
  const old = temporaryPath(join(folder, "x"));
  const fresh = temporaryPath(join(folder, "x"));
  const stranger = join(folder, "notes.txt");
  for (const path of [old, fresh, stranger]) writeFileSync(path, "half an ent");
  age(old, HOUR_MS + 1000);
  age(fresh, HOUR_MS - 1000);
  age(stranger, 1000 * HOUR_MS);
  expect(await storeInfo(root)).toMatchObject({ value: { temporaries: 2 } });
  const report = await pruneStore(root, { nowMs: NOW_MS });
  expect(report).toMatchObject({ value: { removed: 0, kept: 2, removedTemporaries: 1, failed: 0 } });
  expect(readdirSync(folder).length).toBe(3);
});

test("a store that is not there is empty; one that cannot be listed is a failure", async () => {
  const folder = temporaryFolder();
  expect(await pruneStore(join(folder, "none"), { nowMs: NOW_MS, maxBytes: 0 })).toMatchObject({
    value: { removed: 0, kept: 0 },
  });
  writeFileSync(join(folder, "file"), "");
  const failure = { ok: false, failure: { reason: "store-unreadable", code: "ENOTDIR" } };
  const root = join(folder, "file");
  expect(await pruneStore(root, { nowMs: NOW_MS })).toMatchObject(failure);
});

test("artifacts and verdicts on pins are bound by the same, and strangers beside them are left alone", async () => {
  const { root } = await filledStore(1);
  const stored = createArtifact(root);
  stored.write(Buffer.from("a large artifact"));
  const artifact = stored.commit();
  const left = createArtifact(root);
  left.write(Buffer.from("half an art"));
  const verdict = join(pinVerdictFolder(root), "ab", `${"ab".repeat(32)}.json`);
  const stranger = join(pinVerdictFolder(root), "ab", "notes.txt");
  mkdirSync(dirname(verdict), { recursive: true });
  for (const path of [verdict, stranger]) writeFileSync(path, "{}");
  if (!artifact.ok) throw new Error("nothing was kept");
  const temporary = readdirSync(artifactFolder(root)).find(isTemporaryName) ?? "";
  for (const path of [artifact.value.path, verdict, stranger, join(artifactFolder(root), temporary)]) {
    age(path, 100 * HOUR_MS);
  }
  const report = await pruneStore(root, { nowMs: NOW_MS, maxAgeMs: 50 * HOUR_MS });
  expect(report).toMatchObject({
    value: { removed: 2, removedBytes: 18, kept: 1, removedTemporaries: 1, failed: 0 },
  });
  expect(readdirSync(dirname(verdict))).toEqual(["notes.txt"]);
  left.discard();
});
