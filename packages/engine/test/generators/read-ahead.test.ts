import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it, vi } from "vitest";
import { readAhead, type AheadFile } from "../../src/generators/read-ahead.ts";
import type { Project } from "../../src/config/project.ts";
import { check } from "../../src/run/check.ts";
import { generate } from "../../src/run/generate.ts";
import type { Session } from "../../src/run/session.ts";
import {
  failureOf,
  freshSession,
  makeWorkspace,
  orThrow,
  program,
  sharedSession,
  temporaryFolder,
  type Workspace,
} from "../workspace.ts";

/** How long what must happen is waited for. */
const WAIT = { timeout: 20_000, interval: 10 };

const shared = sharedSession();

/** Runs a generator that waits, in the middle of its work, until it has been read. */
async function run<R>(
  mode: string,
  action: (project: Project, session: Session, workspace: Workspace) => Promise<R>,
) {
  const workspace = makeWorkspace();
  const { storeRoot } = workspace;
  const project = await workspace.family({
    generator: {
      kind: "command",
      argv: [program("write-slowly"), mode, "{outDir}", storeRoot],
      output: "directory",
      timeoutMs: 60_000,
    },
    manifest: "json",
    records: { form: "digest", of: "raw" },
  });
  const result = await action(project, freshSession(shared, storeRoot), workspace);
  const generated = workspace
    .list("dist/manifests/demo")
    .map((file) => [file, workspace.read(`dist/manifests/demo/${file}`)]);
  return { workspace, result, generated: Object.fromEntries(generated) as unknown };
}

describe("a directory that is read while it is written", () => {
  it.each([
    ["is written twice", "twice", { "a.json": '["later"]' }],
    ["is written twice and looks untouched", "unseen", { "a.json": '["later"]' }],
    ["could be read when it was half there", "half", { "a.json": "1234" }],
    ["is removed again", "removes", { "b.json": '["kept"]' }],
  ])("counts as it is at the end, when a file %s", async (_, mode, expected) => {
    const { workspace, result, generated } = await run(mode, (family, session) => generate(family, session));
    orThrow(result);
    expect(generated).toEqual(expected);
    // The same files, read by somebody who has never seen the others.
    const plain = makeWorkspace();
    for (const [file, text] of Object.entries(expected)) plain.write(`images/demo/${file}`, text);
    const project = await plain.family({
      generator: { kind: "files", include: ["?.json"] },
      manifest: "json",
      records: { form: "digest", of: "raw" },
    });
    orThrow(await generate(project, shared));
    const records = plain.list("checksums/demo");
    expect(workspace.list("checksums/demo")).toEqual(records);
    for (const name of records) {
      expect(workspace.read(`checksums/demo/${name}`)).toBe(plain.read(`checksums/demo/${name}`));
    }
    // A check writes no manifests, and reads no file twice that did not move.
    const checked = await run(mode, async (family, session, place) => {
      for (const name of records) place.write(`checksums/demo/${name}`, plain.read(`checksums/demo/${name}`));
      return check(family, session);
    });
    expect(orThrow(checked.result)).toMatchObject({
      verdict: "same",
      summary: { manifests: records.length },
    });
  });

  it("counts for nothing when the command fails late, or leaves a file in pieces", async () => {
    const failed = await run("fails", (family, session) => generate(family, session));
    expect(failureOf(failed.result)).toMatchObject({ reason: "command-failed", outcome: { exitCode: 1 } });
    expect(failed.workspace.list("checksums/demo")).toEqual([]);
    const broken = await run("invalid", (family, session) => generate(family, session));
    expect(failureOf(broken.result)).toMatchObject({
      reason: "manifest-failed",
      manifests: [{ name: "a", failure: { reason: "json-syntax" } }],
    });
    expect(broken.workspace.list("checksums/demo")).toEqual([]);
  });
});

describe("readAhead", () => {
  it("reads each settled file once, a bounded number at a time, and nothing else", async () => {
    const folder = temporaryFolder();
    const names = Array.from({ length: 40 }, (_, n) => `m${n}`).sort();
    for (const name of names) writeFileSync(join(folder, `${name}.json`), "1");
    writeFileSync(join(folder, "empty.json"), "");
    writeFileSync(join(folder, "notes.txt"), "1");
    const read: string[] = [];
    let running = 0;
    let most = 0;
    const rests: number[] = [];
    const ahead = readAhead(folder, {
      concurrency: 2,
      isIdle: () => true,
      read: async (files) => {
        running += 1;
        most = Math.max(most, running);
        await sleep(5);
        running -= 1;
        for (const { name, path } of files) {
          expect(path).toBe(join(folder, `${name}.json`));
          read.push(name);
        }
      },
      rest: async () => void rests.push(read.length),
    });
    while (read.length < names.length) await sleep(10);
    while (rests.length === 0) await sleep(10);
    await sleep(300);
    await ahead.stop();
    expect(read.sort()).toEqual(names);
    expect(most).toBe(2);
    expect(rests).toEqual([names.length]);
  });

  it("leaves a file alone that still grows, survives a folder that goes, and begins nothing after stop", async () => {
    const folder = join(temporaryFolder(), "out");
    mkdirSync(folder);
    const read: string[] = [];
    const reader = {
      concurrency: 1,
      isIdle: () => true,
      read: async (files: readonly AheadFile[]) => void read.push(...files.map(({ name }) => name)),
      rest: async () => {},
    };
    const ahead = readAhead(folder, reader);
    for (let at = 0; at < 20; at += 1) {
      writeFileSync(join(folder, "a.json"), "1".repeat(at + 1));
      await sleep(10);
    }
    await ahead.stop();
    expect(read).toEqual([]);
    await sleep(120);
    expect(read).toEqual([]);
    await readAhead(join(folder, "gone"), reader).stop();
  });

  it("reads nothing while the machine has no time, and goes on when it has", async () => {
    const folder = temporaryFolder();
    const names = Array.from({ length: 40 }, (_, n) => `m${n}`).sort();
    for (const name of names) writeFileSync(join(folder, `${name}.json`), "1");
    const read: string[] = [];
    let rests = 0;
    let isIdle = false;
    const asked = vi.fn(() => isIdle);
    const ahead = readAhead(folder, {
      concurrency: 1,
      isIdle: asked,
      read: async (files) => {
        read.push(...files.map(({ name }) => name));
        // Somebody wants the machine again; what is waiting must not be lost for that.
        isIdle = read.length === names.length;
      },
      rest: async () => void (rests += 1),
    });
    const someLooks = async (): Promise<void> => {
      const before = asked.mock.calls.length;
      await vi.waitUntil(() => asked.mock.calls.length >= before + 5, WAIT);
    };
    await someLooks();
    expect([read.length, rests]).toEqual([0, 0]);
    for (const most of [16, 32, 40]) {
      isIdle = true;
      await vi.waitUntil(() => read.length >= most, WAIT);
      await someLooks();
      expect(read.length).toBe(most);
    }
    await ahead.stop();
    expect(read.sort()).toEqual(names);
  });
});
