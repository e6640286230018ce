import { join } from "node:path";
import { parseRecord } from "@imagegate/core";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { loadProject } from "../../src/config/workspace.ts";
import { history } from "../../src/lookup/history.ts";
import {
  failureOf,
  makeWorkspace,
  OFFERED,
  orThrow,
  sampleManifest,
  sampleManifests,
  sharedSession,
  temporaryFolder,
} from "../workspace.ts";
import { git } from "../git/repository.ts";
import { gitWorkspace } from "./git-workspace.ts";

const shared = sharedSession();

describe("history", () => {
  it("tells what became of a record, newest first", async () => {
    const { workspace, project, record, commit } = await gitWorkspace(shared);
    const added = await record("images: add a", sampleManifests("a", "b"));
    await commit("unrelated");
    const moved = await record("images: rename a", { a: sampleManifest("other"), b: sampleManifest("b") });
    const whole = workspace.read("checksums/demo/a.sum");
    workspace.write("checksums/demo/a.sum", "<<<<<<< HEAD\n");
    const broken = await commit("merge, badly");
    const repaired = await record("repair", { a: sampleManifest("other"), b: sampleManifest("b") });
    const removed = await record("images: drop a", sampleManifests("b"));
    const entries = orThrow(await history(project, "a"));
    expect(entries.map(({ commit: hash, subject, state }) => [hash, subject, state])).toEqual([
      [removed, "images: drop a", "removed"],
      [repaired, "repair", "changed"],
      [broken, "merge, badly", "unreadable"],
      [moved, "images: rename a", "changed"],
      [added, "images: add a", "added"],
    ]);
    expect(entries[0]).toMatchObject({ lines: [], record: null });
    expect(entries[3]).toMatchObject({
      date: "2026-01-03T12:00:00+02:00",
      lines: [{ line: "manifest" }, { line: "pipeline", pipeline: "os" }],
      record: orThrow(parseRecord(Buffer.from(whole), { form: "lines" })),
    });
    expect(entries[4]).toMatchObject({ date: "2026-01-01T12:00:00+02:00", lines: [] });
  });

  it("stops at its limit, and still knows what the oldest one shown changed", async () => {
    const { project, record } = await gitWorkspace(shared);
    for (const tag of ["1", "2", "3"]) await record(tag, { a: sampleManifest(tag) });
    const entries = orThrow(await history(project, "a", { limit: 2 }));
    expect(entries.map(({ subject, state, lines }) => [subject, state, lines.length])).toEqual([
      ["3", "changed", 2],
      ["2", "changed", 2],
    ]);
  });

  it("reads records of any form, in a workspace below the repository's top", async () => {
    const { workspace, record } = await gitWorkspace(shared);
    workspace.write("below/images/x/imagegate.json", {
      generator: OFFERED,
      records: { form: "digest", of: "raw", folder: "sums[1]" },
    });
    workspace.write("below/sums[1]/a", `${"1".repeat(64)}\n`);
    await record("first", sampleManifests("a"));
    workspace.write("below/sums[1]/a", `${"2".repeat(64)}\n`);
    await record("second", sampleManifests("a"));
    const project = orThrow(await loadProject(join(workspace.root, "below"), "images/x/imagegate.json"));
    expect(orThrow(await history(project, "a"))).toMatchObject([
      { subject: "second", lines: [{ line: "digest", before: "1".repeat(64), after: "2".repeat(64) }] },
      { subject: "first", state: "added" },
    ]);
  });

  it("does not depend on anybody's git configuration", async () => {
    const { workspace, project, record } = await gitWorkspace(shared);
    await record("Grüße: erste", sampleManifests("a"));
    await record("second", { a: sampleManifest("x") });
    const plain = orThrow(await history(project, "a"));
    workspace.write(
      ".git/config",
      `${workspace.read(".git/config")}[log]\n\tfollow = true\n\tshowSignature = true\n\tdate = relative\n[i18n]\n\tlogOutputEncoding = latin1\n[color]\n\tui = always\n[core]\n\tpager = false\n`,
    );
    vi.stubEnv("LC_ALL", "de_DE.UTF-8");
    onTestFinished(() => {
      vi.unstubAllEnvs();
    });
    expect(orThrow(await history(project, "a"))).toEqual(plain);
    expect(plain[1]?.subject).toBe("Grüße: erste");
  });

  it("fails for a record that no commit has, in a shallow clone, and outside git", async () => {
    const { workspace, project, record } = await gitWorkspace(shared);
    await record("1", sampleManifests("a"));
    await record("2", { a: sampleManifest("2") });
    expect(failureOf(await history(project, "b"))).toEqual({
      reason: "history-empty",
      path: "checksums/demo/b.sum",
    });
    const clone = temporaryFolder();
    await git(clone, "clone", "--quiet", "--depth=1", `file://${workspace.root}`, "shallow");
    const shallow = orThrow(await loadProject(join(clone, "shallow"), "images/demo/imagegate.json"));
    expect(failureOf(await history(shallow, "a"))).toEqual({
      reason: "history-shallow",
      path: "checksums/demo/a.sum",
    });
    const outside = await makeWorkspace().family({ generator: OFFERED });
    expect(failureOf(await history(outside, "a"))).toMatchObject({
      reason: "git-failed",
      outcome: { kind: "exited", exitCode: 128 },
    });
  });

  it("fails without git, and when it is cancelled", async () => {
    const { project, record } = await gitWorkspace(shared);
    await record("1", sampleManifests("a"));
    expect(failureOf(await history(project, "a", { signal: AbortSignal.abort() }))).toMatchObject({
      reason: "git-failed",
      outcome: { kind: "cancelled" },
    });
    vi.stubEnv("PATH", "/nowhere");
    onTestFinished(() => {
      vi.unstubAllEnvs();
    });
    expect(failureOf(await history(project, "a"))).toMatchObject({
      reason: "git-failed",
      outcome: { kind: "not-found", executable: "git" },
    });
  });
});
