import { copyFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fail, ok } from "@imagegate/core";
import { expect, test } from "vitest";
import { hasFineStamps } from "../../src/generators/file-state.ts";
import { fingerprintBytes } from "../../src/lookup/fingerprint-bytes.ts";
import type { FingerprintedManifest } from "../../src/pool/task.ts";
import { AheadAnswers } from "../../src/run/ahead-answers.ts";
import { orThrow, temporaryFolder } from "../workspace.ts";

const ANSWER: FingerprintedManifest = {
  name: "a",
  fingerprint: orThrow(fingerprintBytes(Buffer.from("[1]"), "json")),
  bareDigest: null,
  inspected: null,
  generationMs: 0,
  span: { thread: 1, startedAtMs: 0, durationMs: 0 },
  damagedEntries: 0,
};

/** What is left of an answer about a file, after something was done to that. */
async function answerAfter(change: (path: string) => void): Promise<FingerprintedManifest | undefined> {
  const path = join(temporaryFolder(), "a.json");
  writeFileSync(path, "[1]");
  const answers = new AheadAnswers();
  answers.add({ name: "a", path, state: statSync(path, { bigint: true }) }, ok(ANSWER));
  // As far apart as two looks.
  await sleep(50);
  change(path);
  const offered = { name: "a", source: { kind: "file", path } } as const;
  const answer = answers.take(offered);
  expect(answers.take(offered)).toBeUndefined();
  return answer;
}

test("an answer holds while nothing happens to its file", async () => {
  const path = join(temporaryFolder(), "probe");
  writeFileSync(path, "1");
  // Where stamps are whole seconds no answer holds, and all is read again.
  const isFine = hasFineStamps(statSync(path, { bigint: true }));
  expect(await answerAfter(() => {})).toBe(isFine ? ANSWER : undefined);
});

test.each<[string, (path: string) => void]>([
  ["grew", (path) => writeFileSync(path, "[1,2]")],
  ["was written again with its old size", (path) => writeFileSync(path, "[2]")],
  [
    "was written again with its old size and mtime",
    (path) => {
      const { atime, mtime } = statSync(path);
      writeFileSync(path, "[2]");
      utimesSync(path, atime, mtime);
    },
  ],
  [
    "was replaced by a copy",
    (path) => {
      copyFileSync(path, `${path}.new`);
      renameSync(`${path}.new`, path);
    },
  ],
  ["is gone", (path) => rmSync(path)],
])("and no longer when it %s", async (_, change) => {
  expect(await answerAfter(change)).toBeUndefined();
});

test("a failure is no answer, and neither is one about a file whose stamps are whole seconds", () => {
  const path = join(temporaryFolder(), "a.json");
  writeFileSync(path, "[1]");
  const state = statSync(path, { bigint: true });
  const offered = { name: "a", source: { kind: "file", path } } as const;
  const answers = new AheadAnswers();
  answers.add({ name: "a", path, state }, fail({ reason: "no-pipelines" }));
  expect(answers.take(offered)).toBeUndefined();
  const { size, ino, mtimeNs } = state;
  const coarse = { size, ino, mtimeNs, ctimeNs: 1_700_000_000_000_000_000n };
  expect(hasFineStamps(coarse)).toBe(false);
  answers.add({ name: "a", path, state: coarse }, ok(ANSWER));
  expect(answers.take(offered)).toBeUndefined();
});
