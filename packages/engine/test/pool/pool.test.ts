import { availableParallelism } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { fingerprintBytes } from "../../src/lookup/fingerprint-bytes.ts";
import { boundConcurrency, openPool } from "../../src/pool/pool.ts";
import type { FingerprintTask } from "../../src/pool/task.ts";
import { orThrow, sampleManifest, temporaryFolder, workspaceAt } from "../workspace.ts";

describe("boundConcurrency", () => {
  it("keeps a wish between one and what the machine runs at once", () => {
    expect(boundConcurrency(undefined)).toBe(availableParallelism());
    expect(boundConcurrency(1)).toBe(1);
    expect(boundConcurrency(0)).toBe(1);
    expect(boundConcurrency(10_000)).toBe(availableParallelism());
  });
});

function workOf(
  isInspected: boolean,
  workspace = workspaceAt(temporaryFolder(), temporaryFolder()),
): Omit<FingerprintTask, "task"> {
  workspace.write("a.json", JSON.stringify(sampleManifest("a")));
  const source = { kind: "file", path: join(workspace.root, "a.json") } as const;
  return {
    manifests: [{ name: "a", source, outputPath: null }],
    settings: {
      known: "used",
      mode: "osbuild-ids",
      recordKind: { form: "lines" },
      maxManifestBytes: 10_000,
      storeRoot: workspace.storeRoot,
      isInspected,
      returnInspected: isInspected,
    },
  };
}

describe("openPool", () => {
  it("gives a thread's answer, with bytes and stages for an inspection alone, and ends its threads", async () => {
    const pool = openPool(1);
    const limits = { signal: new AbortController().signal, timeoutMs: 60_000 };
    const workspace = workspaceAt(temporaryFolder(), temporaryFolder());
    const inspected = await pool.fingerprint(workOf(true, workspace), limits);
    const [first] = inspected.manifests.map(orThrow);
    expect(Buffer.from(first?.inspected?.bytes ?? []).toString("utf8")).toBe(
      JSON.stringify(sampleManifest("a")),
    );
    expect(first?.inspected?.fingerprint).toEqual(
      orThrow(fingerprintBytes(first?.inspected?.bytes ?? Buffer.of(), "osbuild-ids")),
    );
    const again = await pool.fingerprint(workOf(false, workspace), limits);
    expect(again.manifests.map(orThrow)).toMatchObject([
      { inspected: null, fingerprint: first?.fingerprint },
    ]);
    // The manifest is kept already; what is known of its bytes differs.
    expect(again.sealed.flatMap(({ entries }) => entries)).toMatchObject([{ kind: "fingerprint" }]);
    await pool.close();
  });

  it("has threads that were started ahead do what is asked first, of files or of a module", async () => {
    const pool = openPool(2);
    pool.start();
    pool.start();
    const limits = { signal: new AbortController().signal, timeoutMs: 60_000 };
    const answer = await pool.fingerprint(workOf(false), limits);
    expect(answer.manifests.map(orThrow)).toMatchObject([{ name: "a" }]);
    await pool.close();
    const idle = openPool(2);
    idle.start();
    await idle.close();
  });

  it("rejects what was cancelled before it began", async () => {
    const pool = openPool(1);
    const limits = { signal: AbortSignal.abort(), timeoutMs: 1_000 };
    await expect(pool.fingerprint(workOf(false), limits)).rejects.toThrow("aborted");
    await pool.close();
  });
});
