import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { openStore } from "@imagegate/host";
import { expect, it } from "vitest";
import {
  formatKnownFingerprint,
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

it("is keyed by everything that an answer depends on", () => {
  const raw = { form: "digest", algorithm: "sha256", of: "raw" } as const;
  const keys = [
    knownFingerprintKey(bytes, { mode: "osbuild-ids", recordKind: lines }),
    knownFingerprintKey(bytes, { mode: "osbuild", recordKind: lines }),
    knownFingerprintKey(bytes, { mode: "json", recordKind: lines }),
    knownFingerprintKey(bytes, { mode: "osbuild", recordKind: raw }),
    knownFingerprintKey(Buffer.concat([bytes, Buffer.from("\n")]), { mode: "osbuild", recordKind: lines }),
  ];
  expect(new Set(keys).size).toBe(keys.length);
  expect(knownFingerprintKey(bytes, { mode: "osbuild-ids", recordKind: lines })).toBe(keys[0]);
});

it("gives back what was kept, and nothing for anything else", () => {
  const store = openStore({ root: temporaryFolder() });
  const key = knownFingerprintKey(bytes, { mode: "osbuild-ids", recordKind: lines });
  expect(readKnownFingerprint(store, key)).toBeUndefined();
  const fingerprint = orThrow(fingerprintBytes(bytes, "osbuild-ids"));
  orThrow(store.writeSync("fingerprint", key, formatKnownFingerprint(fingerprint)));
  expect(readKnownFingerprint(store, key)).toEqual(fingerprint);
  const other = knownFingerprintKey(bytes, { mode: "json", recordKind: lines });
  orThrow(store.writeSync("fingerprint", other, Buffer.from('{"manifest":"x"}')));
  expect(readKnownFingerprint(store, other)).toBeUndefined();
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
