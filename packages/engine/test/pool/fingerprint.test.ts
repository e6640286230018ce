import { join } from "node:path";
import { expect, test } from "vitest";
import { fingerprintManifests } from "../../src/pool/fingerprint.ts";
import type { ManifestTask } from "../../src/pool/task.ts";
import { orThrow, temporaryFolder, workspaceAt } from "../workspace.ts";

// Longer ones first: the memory of one is used again for the next.
const TEXTS = ['{"a":"the longest"}', '{"b":"shorter"}', '{"c":1}', '{"d":"long again"}'];

function tasks(): readonly ManifestTask[] {
  const workspace = workspaceAt(temporaryFolder(), temporaryFolder());
  return TEXTS.map((text, n) => {
    workspace.write(`${n}.json`, text);
    return {
      known: "ignored",
      name: `${n}`,
      source: { kind: "file", path: join(workspace.root, `${n}.json`) },
      mode: "json",
      recordKind: { form: "lines" },
      maxManifestBytes: 10_000,
      storeRoot: workspace.storeRoot,
      outputPath: null,
      returnBytes: true,
    };
  });
}

test("manifests of one task have their own bytes, and what is sealed of them is what each has alone", async () => {
  const together = (await fingerprintManifests({ task: "fingerprint", manifests: tasks() })).map(orThrow);
  expect(together.map(({ bytes }) => Buffer.from(bytes ?? []).toString("utf8"))).toEqual(TEXTS);
  for (const [at, one] of tasks().entries()) {
    const [alone] = (await fingerprintManifests({ task: "fingerprint", manifests: [one] })).map(orThrow);
    expect(together[at]?.fingerprint).toEqual(alone?.fingerprint);
    expect(together[at]?.sealed).toEqual(alone?.sealed);
  }
});
