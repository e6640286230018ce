import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { openStore } from "@imagegate/host";
import { expect, it } from "vitest";
import {
  formatKnownFingerprint,
  knownFingerprint,
  knownFingerprintKey,
  readKnownFingerprint,
} from "../../src/pool/known-fingerprints.ts";
import { fingerprintBytes } from "../../src/lookup/fingerprint-bytes.ts";
import { check } from "../../src/run/check.ts";
import { generate } from "../../src/run/generate.ts";
import {
  freshSession,
  makeWorkspace,
  OFFERED,
  offerManifests,
  orThrow,
  sampleManifest,
  sampleManifests,
  sharedSession,
  temporaryFolder,
} from "../workspace.ts";

const shared = sharedSession();
const bytes = Buffer.from(JSON.stringify(sampleManifest("a")));
const lines = { form: "lines" } as const;

const settings = { mode: "osbuild-ids", recordKind: lines, isInspected: false } as const;

it("is keyed by everything that an answer depends on", () => {
  const raw = { form: "digest", algorithm: "sha256", of: "raw" } as const;
  const keys = [
    knownFingerprintKey(bytes, settings),
    knownFingerprintKey(bytes, { ...settings, mode: "osbuild" }),
    knownFingerprintKey(bytes, { ...settings, mode: "json" }),
    knownFingerprintKey(bytes, { ...settings, recordKind: raw }),
    knownFingerprintKey(bytes, { ...settings, isInspected: true }),
    knownFingerprintKey(Buffer.concat([bytes, Buffer.from("\n")]), settings),
  ];
  expect(new Set(keys).size).toBe(keys.length);
  expect(knownFingerprintKey(bytes, settings)).toBe(keys[0]);
});

it("gives back what was kept, and nothing for anything else", () => {
  const store = openStore({ root: temporaryFolder() });
  const key = knownFingerprintKey(bytes, settings);
  expect(readKnownFingerprint(store, key, settings)).toBeUndefined();
  const found = knownFingerprint(orThrow(fingerprintBytes(bytes, "osbuild-ids")), null);
  orThrow(store.writeSync("fingerprint", key, formatKnownFingerprint(found, settings)));
  expect(readKnownFingerprint(store, key, settings)).toEqual({ ...found, whole: null });
  const other = knownFingerprintKey(bytes, { ...settings, mode: "json" });
  orThrow(store.writeSync("fingerprint", other, Buffer.from('{"manifest":"x"}')));
  expect(readKnownFingerprint(store, other, settings)).toBeUndefined();

  const inspected = { ...settings, isInspected: true };
  const inspectedKey = knownFingerprintKey(bytes, inspected);
  orThrow(store.writeSync("fingerprint", inspectedKey, formatKnownFingerprint(found, inspected)));
  expect(readKnownFingerprint(store, inspectedKey, inspected)).toEqual(found);
  // Neither is taken for the other.
  expect(readKnownFingerprint(store, key, inspected)).toBeUndefined();
  expect(readKnownFingerprint(store, inspectedKey, settings)).toBeUndefined();
});

it.each([
  [null, true],
  ["ab".repeat(32), true],
  ["ab".repeat(20), true],
  ["AB".repeat(32), false],
  ["ab".repeat(21), false],
  [7, false],
])("takes %s for a bare digest: %s", (bareDigest, isTaken) => {
  const store = openStore({ root: temporaryFolder() });
  const key = knownFingerprintKey(bytes, settings);
  const found = knownFingerprint(orThrow(fingerprintBytes(bytes, "osbuild-ids")), null);
  const { recorded } = found;
  orThrow(store.writeSync("fingerprint", key, Buffer.from(JSON.stringify({ ...recorded, bareDigest }))));
  expect(readKnownFingerprint(store, key, settings)).toEqual(
    isTaken ? { recorded, whole: null, bareDigest } : undefined,
  );
});

it.each(["canonical", "raw", "compact-line"] as const)("is used for bare digests of %s bytes", async (of) => {
  const workspace = makeWorkspace();
  const records = { form: "digest", of } as const;
  const project = await workspace.family({ generator: OFFERED, records });
  offerManifests(workspace, sampleManifests("a", "b"));
  orThrow(await generate(project, freshSession(shared, workspace.storeRoot)));
  // What is known needs no blobs.
  rmSync(join(workspace.storeRoot, "v1/blob"), { recursive: true });
  expect(orThrow(await check(project, freshSession(shared, workspace.storeRoot))).verdict).toBe("same");
  expect(existsSync(join(workspace.storeRoot, "v1/blob"))).toBe(false);
});

it("is kept by a run, and used by the next one with the same verdict", async () => {
  const workspace = makeWorkspace();
  const project = await workspace.family({ generator: OFFERED });
  offerManifests(workspace, sampleManifests("a", "b"));
  orThrow(await generate(project, freshSession(shared, workspace.storeRoot)));
  const kept = join(workspace.storeRoot, "v1/fingerprint");
  expect(existsSync(kept)).toBe(true);
  expect(
    readdirSync(kept, { recursive: true, encoding: "utf8" }).filter((name) => name.includes("/")),
  ).toHaveLength(2);
  expect(orThrow(await check(project, freshSession(shared, workspace.storeRoot))).verdict).toBe("same");
});
