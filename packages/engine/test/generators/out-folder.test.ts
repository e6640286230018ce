import { existsSync, mkdirSync, utimesSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { makeOutFolder } from "../../src/generators/out-folder.ts";
import { temporaryFolder } from "../workspace.ts";

const outside = process.env["TMPDIR"];

beforeEach(() => {
  process.env["TMPDIR"] = temporaryFolder();
});
afterEach(() => {
  if (outside === undefined) delete process.env["TMPDIR"];
  else process.env["TMPDIR"] = outside;
});

/** A folder in the temporary one that nobody has touched for some hours. */
function leave(name: string, hours: number): string {
  const folder = join(tmpdir(), name);
  mkdirSync(join(folder, "inner"), { recursive: true });
  const then = Date.now() / 1_000 - hours * 3_600;
  utimesSync(folder, then, then);
  return folder;
}

it("makes a folder that nobody else has", async () => {
  const [one, other] = [await makeOutFolder(), await makeOutFolder()];
  expect(one).not.toBe(other);
  expect(basename(one)).toMatch(/^imagegate-out-\w+$/);
  expect(existsSync(one)).toBe(true);
});

it("removes what a kill left behind days ago, and nothing that may be in use or is not ours", async () => {
  const abandoned = leave("imagegate-out-aaaaaa", 49);
  const kept = [leave("imagegate-out-bbbbbb", 47), leave("imagegate-cccccc", 400), leave("other", 400)];
  await makeOutFolder();
  expect(existsSync(abandoned)).toBe(false);
  expect(kept.map((folder) => existsSync(folder))).toEqual([true, true, true]);
});
