import { availableParallelism } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { boundConcurrency, openPool } from "../../src/pool/pool.ts";
import type { ManifestTask } from "../../src/pool/task.ts";
import { orThrow, sampleManifest, temporaryFolder, workspaceAt } from "../workspace.ts";

describe("boundConcurrency", () => {
  it("keeps a wish between one and what the machine runs at once", () => {
    expect(boundConcurrency(undefined)).toBe(availableParallelism());
    expect(boundConcurrency(1)).toBe(1);
    expect(boundConcurrency(0)).toBe(1);
    expect(boundConcurrency(10_000)).toBe(availableParallelism());
  });
});

function taskOf(): ManifestTask {
  const workspace = workspaceAt(temporaryFolder(), temporaryFolder());
  workspace.write("a.json", JSON.stringify(sampleManifest("a")));
  return {
    known: "used",
    name: "a",
    source: { kind: "file", path: join(workspace.root, "a.json") },
    mode: "osbuild-ids",
    recordKind: { form: "lines" },
    maxManifestBytes: 10_000,
    storeRoot: workspace.storeRoot,
    outputPath: null,
    returnBytes: true,
  };
}

describe("openPool", () => {
  it("gives a thread's answer, bytes included, and ends its threads", async () => {
    const pool = openPool(1);
    const signal = new AbortController().signal;
    const task = taskOf();
    const limits = { signal, timeoutMs: 60_000 };
    const [first] = (await pool.fingerprint([task], limits)).map(orThrow);
    expect(Buffer.from(first?.bytes ?? []).toString("utf8")).toBe(JSON.stringify(sampleManifest("a")));
    const again = await pool.fingerprint([{ ...task, returnBytes: false }], limits);
    expect(again.map(orThrow)).toMatchObject([
      { bytes: null, fingerprint: first?.fingerprint, sealed: { entries: [{ kind: "fingerprint" }] } },
    ]);
    await pool.close();
  });

  it("rejects what was cancelled before it began", async () => {
    const pool = openPool(1);
    const limits = { signal: AbortSignal.abort(), timeoutMs: 1_000 };
    await expect(pool.fingerprint([taskOf()], limits)).rejects.toThrow("aborted");
    await pool.close();
  });
});
