import { truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createArtifact } from "../../src/store/artifact.ts";
import { entryPath } from "../../src/store/path.ts";
import { verifyStore } from "../../src/store/verify.ts";
import { filledStore, keyOf } from "../fixtures/filled-store.ts";
import { temporaryFolder } from "../fixtures/paths.ts";

test("verification reports what is corrupt, and removes it when told", async () => {
  const { root } = await filledStore(3);
  const path = entryPath(root, "inspect", keyOf(2));
  truncateSync(path, 50);
  const seen = await verifyStore(root);
  expect(seen).toMatchObject({
    value: {
      checked: 3,
      corrupt: [{ kind: "inspect", key: keyOf(2), path, problem: "header", removed: false }],
    },
  });
  expect(await verifyStore(root, { removeCorrupt: true })).toMatchObject({
    value: { corrupt: [{ removed: true }] },
  });
  expect(await verifyStore(root)).toEqual({ ok: true, value: { checked: 2, corrupt: [] } });
});

test("kept artifacts are hashed, and damaged ones removed when told", async () => {
  const root = temporaryFolder();
  const keep = (text: string) => {
    const artifact = createArtifact(root);
    artifact.write(Buffer.from(text));
    const stored = artifact.commit();
    if (!stored.ok) throw new Error(stored.failure.code);
    return stored.value;
  };
  const [, { path, sha256 }] = [keep("whole"), keep("damaged")];
  expect(await verifyStore(root)).toEqual({ ok: true, value: { checked: 2, corrupt: [] } });
  writeFileSync(path, "DAMAGED");
  const corrupt = { kind: "artifact", key: sha256, path, sizeBytes: 7, problem: "digest" };
  expect(await verifyStore(root, { removeCorrupt: true })).toMatchObject({
    value: { checked: 2, corrupt: [{ ...corrupt, removed: true }] },
  });
  expect(await verifyStore(root)).toEqual({ ok: true, value: { checked: 1, corrupt: [] } });
});

test("an empty store is sound, one that cannot be listed is a failure", async () => {
  const folder = temporaryFolder();
  expect(await verifyStore(join(folder, "none"))).toEqual({ ok: true, value: { checked: 0, corrupt: [] } });
  const root = join(folder, "file");
  writeFileSync(root, "");
  expect(await verifyStore(root)).toMatchObject({
    ok: false,
    failure: { reason: "store-unreadable", code: "ENOTDIR" },
  });
});
