import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createArtifact } from "../../src/store/artifact.ts";
import { findEntries, storeInfo } from "../../src/store/info.ts";
import { pinVerdictFolder } from "../../src/store/path.ts";
import { openStore } from "../../src/store/store.ts";
import { filledStore, keyOf } from "../fixtures/filled-store.ts";
import { temporaryFolder } from "../fixtures/paths.ts";

test("entries and bytes by kind, in a fixed order", async () => {
  const { root, entryBytes } = await filledStore(3);
  expect(await storeInfo(root)).toEqual({
    ok: true,
    value: {
      root,
      kinds: [
        { kind: "blob", entries: 0, sizeBytes: 0 },
        { kind: "manifest", entries: 0, sizeBytes: 0 },
        { kind: "fingerprint", entries: 0, sizeBytes: 0 },
        { kind: "inspect", entries: 3, sizeBytes: 3 * entryBytes },
        { kind: "artifact", entries: 0, sizeBytes: 0 },
        { kind: "pin-verdict", entries: 0, sizeBytes: 0 },
      ],
      packs: 0,
      temporaries: 0,
    },
  });
});

test("kept artifacts and verdicts on pins count, too", async () => {
  const root = temporaryFolder();
  const artifact = createArtifact(root);
  artifact.write(Buffer.from("bytes"));
  expect(artifact.commit().ok).toBe(true);
  const folder = join(pinVerdictFolder(root), "ab");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${keyOf(0xab)}.json`), "{}");
  createArtifact(root).write(Buffer.from("unfinished"));
  const info = await storeInfo(root);
  expect(info.ok && info.value.kinds.slice(-2)).toEqual([
    { kind: "artifact", entries: 1, sizeBytes: 5 },
    { kind: "pin-verdict", entries: 1, sizeBytes: 2 },
  ]);
  expect(info).toMatchObject({ value: { temporaries: 1 } });
});

test("a store that cannot be listed is a failure", async () => {
  const root = join(temporaryFolder(), "file");
  writeFileSync(root, "");
  const failure = { ok: false, failure: { reason: "store-unreadable", code: "ENOTDIR" } };
  expect(await storeInfo(root)).toMatchObject(failure);
  expect(await findEntries(root, "abcd")).toMatchObject(failure);
});

test("entries are found by the beginning of their key, in every kind", async () => {
  const root = temporaryFolder();
  const store = openStore({ root });
  const key = keyOf(0xab);
  await store.write("manifest", key, Buffer.from("m"));
  await store.write("inspect", key, Buffer.from("i"));
  await store.write("inspect", keyOf(0xac), Buffer.from("i"));
  const found = await findEntries(root, "abab");
  expect(found.ok && found.value.map((entry) => entry.kind)).toEqual(["manifest", "inspect"]);
  expect(await findEntries(root, "abcd")).toEqual({ ok: true, value: [] });
  for (const prefix of ["", "abc", "ABAB", "../x", "abab*"]) {
    expect(await findEntries(root, prefix)).toEqual({
      ok: false,
      failure: { reason: "invalid-key-prefix", prefix },
    });
  }
});
