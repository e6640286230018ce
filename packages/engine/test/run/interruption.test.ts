import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { acquireLock, runProcess } from "@imagegate/host";
import { describe, expect, it, onTestFinished } from "vitest";
import { generate } from "../../src/run/generate.ts";
import {
  contentsOf,
  failureOf,
  freshSession,
  makeWorkspace,
  OFFERED,
  orThrow,
  sampleManifest,
  script,
  sharedSession,
  snapshotOf,
  temporaryFolder,
  type ConfigText,
} from "../workspace.ts";

import { generateApart, killOften, offer } from "./kills.ts";

const shared = sharedSession();
const NAMES = ["a", "b", "c", "d", "e"];

/** What the last line of `generate.js` says. */
function resultOf(outcome: Awaited<ReturnType<typeof runProcess>>): {
  ok: boolean;
  failure?: unknown;
  value?: unknown;
} {
  if (!("stdout" in outcome)) throw new Error(outcome.kind);
  const last = Buffer.from(outcome.stdout).toString("utf8").trim().split("\n").at(-1) ?? "";
  return JSON.parse(last) as { ok: boolean };
}

/** Mounts a file system of so many bytes, or says loudly that it cannot. */
async function mountSmall(folder: string, size: string): Promise<boolean> {
  mkdirSync(folder, { recursive: true });
  const mounted = await runProcess(["mount", "-t", "tmpfs", "-o", `size=${size},mode=0777`, "tmpfs", folder]);
  if (mounted.kind !== "exited" || mounted.exitCode !== 0) {
    console.warn(`NOT RUN: no tmpfs can be mounted here (${mounted.kind})`);
    return false;
  }
  onTestFinished(async () => {
    await runProcess(["umount", folder]);
  });
  return true;
}

/** Whether a process without root's powers gets at a file: it loads what it needs only when it needs it. */
function mayOthersRead(path: string): boolean {
  const look =
    'process.setgid(65534); process.setuid(65534); require("node:fs").accessSync(process.argv[1], 4);';
  return spawnSync(process.execPath, ["-e", look, path]).status === 0;
}

it("leaves every record whole, old or new, whenever it is killed, and the next run repairs the rest", async () => {
  await killOften(shared, 4);
});

describe("two processes at once", () => {
  it("run one after the other, the second one waiting", async () => {
    const workspace = makeWorkspace();
    const project = await workspace.family({
      // Whoever is first goes on when the other one waits.
      generator: {
        ...OFFERED,
        argv: ["sh", "-c", "until [ -e go ]; do sleep 0.05; done; cat offered.ndjson"],
      },
    });
    offer(workspace, NAMES, "x");
    const waited: string[] = [];
    const results = await Promise.all(
      ["first", "second"].map(async (name) => {
        let last = "";
        const onStdoutLine = (line: Uint8Array): void => {
          last = Buffer.from(line).toString("utf8");
          if (!last.includes("waiting-for-lock")) return;
          waited.push(name);
          workspace.write("images/demo/go", "");
        };
        await runProcess(generateApart(workspace, project), { onStdoutLine });
        return JSON.parse(last) as { readonly ok: boolean };
      }),
    );
    expect(results).toMatchObject([{ ok: true }, { ok: true }]);
    expect(waited).toHaveLength(1);
    expect(workspace.list("checksums/demo")).toHaveLength(5);
  });

  it("gives up after its time to wait, and names who holds the lock", async () => {
    const path = join(temporaryFolder(), "demo.lock");
    const held = orThrow(await acquireLock(path));
    expect(failureOf(await acquireLock(path, { waitMs: 50 }))).toMatchObject({
      reason: "lock-held",
      path,
      holder: { pid: process.pid },
    });
    await held.release();
  });
});

/** A family whose records a and b are old, and whose manifests are a and c. */
async function recorded(config: ConfigText = {}) {
  const workspace = makeWorkspace();
  const project = await workspace.family({ generator: OFFERED, ...config });
  offer(workspace, ["a", "b"], "old");
  orThrow(await generate(project, shared));
  offer(workspace, ["a", "c"], "new");
  return { workspace, project, records: join(workspace.root, "checksums/demo") };
}

describe("folders that refuse", () => {
  it("records that may not be written, without root's powers", async () => {
    if (process.getuid?.() !== 0) console.warn("NOT RUN AS ANOTHER USER: this is not root");
    else if (!mayOthersRead(script("generate.js"))) {
      console.warn("NOT RUN: nobody but root may read this checkout");
      return;
    }
    const { workspace, project, records } = await recorded();
    for (const folder of [workspace.root, workspace.storeRoot]) chmodSync(folder, 0o755);
    const opened = await runProcess([
      "chmod",
      "-R",
      "a+rwX",
      join(workspace.root, "dist"),
      workspace.storeRoot,
    ]);
    expect(opened).toMatchObject({ exitCode: 0 });
    chmodSync(records, 0o555);
    const before = await snapshotOf(records);
    const outcome = await runProcess(generateApart(workspace, project, "unprivileged"));
    expect(resultOf(outcome)).toMatchObject({
      ok: false,
      failure: { reason: "write-failed", path: records, code: "EACCES" },
    });
    expect(await snapshotOf(records)).toEqual(before);
    expect(workspace.list("dist/manifests/.imagegate")).toEqual([]);
    chmodSync(records, 0o755);
  });

  it("a full disk under the output", async () => {
    const { workspace, project, records } = await recorded();
    const before = await snapshotOf(records);
    if (!(await mountSmall(join(workspace.root, "dist"), "64k"))) return;
    workspace.write(
      "images/demo/offered.ndjson",
      JSON.stringify({ name: "a", manifest: sampleManifest("x".repeat(100_000)) }),
    );
    expect(failureOf(await generate(project, shared))).toMatchObject({
      reason: "manifest-failed",
      manifests: [{ name: "a", failure: { reason: "write-failed", code: "ENOSPC" } }],
    });
    expect(await snapshotOf(records)).toEqual(before);
  });

  it("a full disk under the staged records", async () => {
    const { workspace, project, records } = await recorded();
    const before = await snapshotOf(records);
    if (!(await mountSmall(join(workspace.root, "dist"), "64k"))) return;
    mkdirSync(join(workspace.root, "dist/manifests"));
    fill(join(workspace.root, "dist/fill"));
    expect(failureOf(await generate(project, shared))).toMatchObject({ code: "ENOSPC" });
    expect(await snapshotOf(records)).toEqual(before);
  });

  it("a full disk under the records", async () => {
    const { workspace, project } = await recorded({ records: { folder: "sums" } });
    const sums = join(workspace.root, "other");
    if (!(await mountSmall(sums, "64k"))) return;
    const moved = await workspace.family({ generator: OFFERED, records: { folder: "other/sums" } });
    mkdirSync(join(sums, "sums"));
    writeFileSync(join(sums, "sums/a.sum"), "old\n");
    fill(join(sums, "fill"));
    const before = await snapshotOf(join(sums, "sums"));
    expect(failureOf(await generate(moved, shared))).toMatchObject({
      reason: "write-failed",
      code: "ENOSPC",
    });
    expect(await snapshotOf(join(sums, "sums"))).toEqual(before);
    expect(project.recordsFolder).toBe("sums");
  });

  it("a full disk under the folder of a command's output", async () => {
    const { workspace, project, records } = await recorded();
    const small = join(workspace.root, "small");
    if (!(await mountSmall(small, "16k"))) return;
    workspace.write(
      "images/demo/offered.ndjson",
      JSON.stringify({ name: "a", manifest: sampleManifest("x".repeat(100_000)) }),
    );
    const before = await snapshotOf(records);
    const outcome = await runProcess(generateApart(workspace, project), { env: { TMPDIR: small } });
    expect(resultOf(outcome)).toMatchObject({
      ok: false,
      failure: { reason: "write-failed", code: "ENOSPC" },
    });
    expect(workspace.list("small")).toEqual([]);
    expect(await snapshotOf(records)).toEqual(before);
  });

  it("output on another file system than the records: all arrives, nothing is left behind", async () => {
    const { workspace, project, records } = await recorded();
    if (!(await mountSmall(join(workspace.root, "dist"), "1m"))) return;
    expect(orThrow(await generate(project, shared))).toMatchObject({
      added: ["c"],
      changed: ["a"],
      removed: ["b"],
    });
    expect(Object.keys(contentsOf(records))).toEqual(["a.sum", "c.sum"]);
    expect(workspace.list("dist/manifests/.imagegate")).toEqual([]);
    offer(workspace, ["a", "c"], "new");
    const before = await snapshotOf(records);
    orThrow(await generate(project, shared));
    expect(await snapshotOf(records)).toEqual(before);
  });

  it("a store that may not be written: one warning a run, the same records", async () => {
    const { project, records } = await recorded();
    const locked = join(temporaryFolder(), "store");
    writeFileSync(locked, "no folder");
    const report = orThrow(await generate(project, freshSession(shared, locked)));
    expect(report).toMatchObject({ added: ["c"], changed: ["a"], summary: { storeFailures: { count: 5 } } });
    const broken = contentsOf(records);
    orThrow(await generate(project, shared));
    expect(contentsOf(records)).toEqual(broken);
  });
});

/** Fills a file system to its last byte. */
function fill(path: string): void {
  try {
    for (;;) writeFileSync(path, "x".repeat(1_000), { flag: "a" });
  } catch {
    // Full.
  }
}
