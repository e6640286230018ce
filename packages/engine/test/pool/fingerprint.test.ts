import { join } from "node:path";
import { expect, test } from "vitest";
import { fingerprintManifests } from "../../src/pool/fingerprint.ts";
import type { FingerprintAnswer, FingerprintSettings, FingerprintTask } from "../../src/pool/task.ts";
import { orThrow, temporaryFolder, workspaceAt } from "../workspace.ts";

// Longer ones first: the memory of one is used again for the next.
const TEXTS = ['{"a":"the longest"}', '{"b":"shorter"}', '{"c":1}', '{"d":"long again"}'];

function taskOf(texts: readonly string[]): FingerprintTask {
  const workspace = workspaceAt(temporaryFolder(), temporaryFolder());
  const settings: FingerprintSettings = {
    known: "ignored",
    mode: "json",
    recordKind: { form: "lines" },
    maxManifestBytes: 10_000,
    storeRoot: workspace.storeRoot,
    isInspected: true,
    returnInspected: true,
  };
  const manifests = texts.map((text, n) => {
    workspace.write(`${n}.json`, text);
    const path = join(workspace.root, `${n}.json`);
    return { name: `${n}`, source: { kind: "file", path }, outputPath: null } as const;
  });
  return { task: "fingerprint", settings, manifests };
}

test("manifests of one task have their own bytes, and what is sealed of them is what each has alone", async () => {
  const together = await fingerprintManifests(taskOf(TEXTS));
  const manifests = together.manifests.map(orThrow);
  expect(manifests.map(({ inspected }) => Buffer.from(inspected?.bytes ?? []).toString("utf8"))).toEqual(
    TEXTS,
  );
  const alone: FingerprintAnswer[] = [];
  for (const text of TEXTS) alone.push(await fingerprintManifests(taskOf([text])));
  expect(alone.flatMap((one) => one.manifests.map((each) => orThrow(each).fingerprint))).toEqual(
    manifests.map(({ fingerprint }) => fingerprint),
  );
  expect(sealedBytes([together])).toEqual(sealedBytes(alone));
});

function sealedBytes(answers: readonly FingerprintAnswer[]): Buffer {
  return Buffer.concat(answers.flatMap(({ sealed }) => sealed.map(({ bytes }) => bytes)));
}
