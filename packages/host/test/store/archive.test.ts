import { copyFileSync, mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { sha256 } from "@imagegate/core";
import { describe, expect, test } from "vitest";
import { exportStore } from "../../src/store/export.ts";
import { importStore, type ImportOptions } from "../../src/store/import.ts";
import { storeInfo } from "../../src/store/info.ts";
import { entryPath, EXPLAINING_KINDS, STORE_KINDS } from "../../src/store/path.ts";
import { openStore } from "../../src/store/store.ts";
import { verifyStore } from "../../src/store/verify.ts";
import { temporaryFolder } from "../fixtures/paths.ts";

const KINDS: ImportOptions = { kinds: STORE_KINDS };
const TEXTS = ["first", "second\nimagegate-entry sha256:", "third", ""].map((text) => Buffer.from(text));
const MANIFEST = "ab".repeat(32);
const ENTRIES = TEXTS.length + 2;

/** Four blobs, a manifest of the first two, and an answer of osbuild. */
async function sampleStore(): Promise<string> {
  const root = join(temporaryFolder(), "store");
  const store = openStore({ root });
  for (const text of TEXTS) await store.write("blob", sha256(text), text);
  const parts = TEXTS.slice(0, 2).map((text) => ({ blob: sha256(text) }));
  const tree = JSON.stringify({ digest: sha256(Buffer.concat(TEXTS.slice(0, 2))), parts });
  await store.write("manifest", MANIFEST, Buffer.from(tree));
  await store.write("inspect", "cd".repeat(32), Buffer.from("[]"));
  return root;
}

async function exported(root: string, options: Parameters<typeof exportStore>[2] = KINDS): Promise<string> {
  const path = join(temporaryFolder(), "archive");
  expect(await exportStore(root, path, options)).toMatchObject({ ok: true });
  return path;
}

async function imported(path: string, root: string = join(temporaryFolder(), "store"), options = KINDS) {
  const report = await importStore(root, path, options);
  if (!report.ok) throw new Error(report.failure.reason);
  const verified = await verifyStore(root);
  expect(verified).toMatchObject({ value: { corrupt: [] } });
  return { ...report.value, root, stands: verified.ok ? verified.value.checked : 0 };
}

/** An entry whose digest is right, whatever it says. */
function archived(kind: string, key: string): string {
  const envelope = `imagegate-store 1 ${kind} ${key} sha256:${sha256("x")} 1\nx`;
  return `imagegate-entry sha256:${sha256(envelope)} ${envelope.length}\n${envelope}`;
}

test("what is exported is imported, and gives the same file again", async () => {
  const path = await exported(await sampleStore());
  const first = await imported(path);
  expect(first).toMatchObject({ imported: ENTRIES, damaged: 0, announced: ENTRIES, failed: null });
  expect(readFileSync(await exported(first.root))).toEqual(readFileSync(path));
  expect(await imported(path, first.root)).toMatchObject({ imported: 0, present: ENTRIES });
});

test("an empty store, and one that is not there", async () => {
  const path = await exported(join(temporaryFolder(), "none"));
  expect(readFileSync(path, "utf8")).toBe("imagegate-archive 1\nimagegate-archive end 0\n");
  expect(await imported(path)).toMatchObject({ imported: 0, damaged: 0, announced: 0 });
});

test("chosen entries bring the blobs of their manifests; answers go only where they are wanted", async () => {
  const root = await sampleStore();
  const chosen = await exported(root, { ...KINDS, entries: [{ kind: "manifest", key: MANIFEST }] });
  expect(await imported(chosen)).toMatchObject({ imported: 3, announced: 3 });
  const bases = await exported(root, { kinds: EXPLAINING_KINDS });
  expect(await imported(bases)).toMatchObject({ imported: ENTRIES - 1 });
  const wary = await imported(await exported(root), undefined, { kinds: EXPLAINING_KINDS });
  expect(wary).toMatchObject({ imported: ENTRIES - 1, skipped: 1, stands: ENTRIES - 1 });
});

test("a damaged entry is left out and counted", async () => {
  const root = await sampleStore();
  truncateSync(entryPath(root, "manifest", MANIFEST), 40);
  const path = join(temporaryFolder(), "archive");
  expect(await exportStore(root, path, KINDS)).toMatchObject({
    value: { exported: ENTRIES - 1, damaged: 1 },
  });
});

describe("a file that is not what was written", () => {
  test("cut off anywhere: its end is missing, and every entry before is there", async () => {
    const path = await exported(await sampleStore());
    const whole = readFileSync(path);
    let most = 0;
    for (let length = 20; length < whole.length; length += 23) {
      writeFileSync(path, whole.subarray(0, length));
      const report = await imported(path);
      expect(report.announced).toBeNull();
      expect(report.stands).toBe(report.imported);
      expect(report.imported).toBeGreaterThanOrEqual(most);
      most = report.imported;
    }
    expect(most).toBe(ENTRIES);
  });

  test("one bit turned anywhere: it is told, and costs one entry at most", async () => {
    const path = await exported(await sampleStore());
    const whole = readFileSync(path);
    for (let at = 20; at < whole.length; at += 17) {
      const bytes = Buffer.from(whole);
      bytes.writeUInt8((bytes[at] ?? 0) ^ (1 << (at % 8)), at);
      writeFileSync(path, bytes);
      const { imported: count, damaged, announced } = await imported(path);
      const isTold = damaged > 0 || announced !== count;
      expect({ at, isTold, isNearlyAll: count >= ENTRIES - 1 }).toEqual({
        at,
        isTold: true,
        isNearlyAll: true,
      });
    }
  });

  test("payloads that changed places are two damaged entries", async () => {
    const path = await exported(await sampleStore());
    const text = readFileSync(path, "latin1");
    writeFileSync(path, text.replace("\nfirst", "\nthird").replace(/\nthird(?!.*\nthird)/s, "\nfirst"));
    expect(await imported(path)).toMatchObject({ imported: ENTRIES - 2, damaged: 2, announced: ENTRIES });
  });

  test("a blob under another's key, a kind and a key that are none", async () => {
    const path = join(temporaryFolder(), "archive");
    const lies = [
      archived("blob", "ab".repeat(32)),
      archived("verdict", "ab".repeat(32)),
      archived("blob", "ab"),
    ];
    writeFileSync(path, `imagegate-archive 1\n${lies.join("")}imagegate-archive end 3\n`);
    expect(await imported(path)).toMatchObject({ imported: 0, damaged: 3, stands: 0 });
  });

  test("no archive, no file, nothing", async () => {
    const folder = temporaryFolder();
    const path = join(folder, "text");
    writeFileSync(path, "imagegate-archive 2\n");
    const root = join(folder, "store");
    const reasonOf = async (from: string) => {
      const report = await importStore(root, from, KINDS);
      return report.ok ? undefined : report.failure.reason;
    };
    expect(await reasonOf(path)).toBe("archive-foreign");
    expect(await reasonOf(folder)).toBe("not-a-file");
    expect(await reasonOf(join(folder, "none"))).toBe("missing");
    expect(await storeInfo(root)).toMatchObject({ value: { temporaries: 0 } });
  });
});

test("an import repairs what is damaged and keeps what is whole", async () => {
  const root = await sampleStore();
  const path = await exported(root);
  const [from, to] = [entryPath(root, "blob", sha256("first")), entryPath(root, "blob", sha256("third"))];
  copyFileSync(from, to);
  const store = openStore({ root });
  await store.read("blob", sha256("third"));
  expect(store.damaged).toBe(1);
  expect(await imported(path, root)).toMatchObject({ imported: 1, present: ENTRIES - 1, stands: ENTRIES });
});

test("two imports and an export at once", async () => {
  const path = await exported(await sampleStore());
  const root = join(temporaryFolder(), "store");
  const [first, second] = await Promise.all([imported(path, root), imported(path, root)]);
  expect([first.failed, second.failed]).toEqual([null, null]);
  expect(first.imported + first.present).toBe(ENTRIES);
  expect(readFileSync(await exported(root))).toEqual(readFileSync(path));
});

test("places that cannot be written: values, and nothing left behind", async () => {
  const root = await sampleStore();
  const path = await exported(root);
  const nowhere = join(temporaryFolder(), "no", "such", "archive");
  expect(await exportStore(root, nowhere, KINDS)).toMatchObject({
    failure: { reason: "write-failed", code: "ENOENT" },
  });
  mkdirSync(dirname(nowhere), { recursive: true });
  writeFileSync(nowhere, "");
  expect(await importStore(nowhere, path, KINDS)).toMatchObject({
    value: { imported: 0, failed: { count: ENTRIES, first: { code: "ENOTDIR" } } },
  });
  rmSync(nowhere);
});
