import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describeChange } from "../../src/explain/describe-change.ts";
import { explainChanges } from "../../src/explain/explain-changes.ts";
import type { Explanation } from "../../src/explain/explanation.ts";
import { defaultProfile } from "../../src/explain/profile.ts";
import { findRenames, sketchManifest } from "../../src/explain/renames.ts";
import type { JsonTape } from "../../src/json/tape.ts";
import { readTape } from "../json/read-tape.ts";

/** The manifests that a commit changed, by name, before and after it. */
export interface HistoricChange {
  readonly before: ReadonlyMap<string, Buffer>;
  readonly after: ReadonlyMap<string, Buffer>;
}

/** Reads a commit of `data/image-builder/history`. */
export function readCommit(data: URL, commit: string): HistoricChange {
  const root = mkdtempSync(join(tmpdir(), "imagegate-history-"));
  try {
    const archive = fileURLToPath(new URL(`history/${commit}.tar.xz`, data));
    if (spawnSync("tar", ["-xJf", archive, "-C", root]).status !== 0)
      throw new Error(`cannot unpack ${archive}`);
    return { before: readFolder(join(root, "before")), after: readFolder(join(root, "after")) };
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

function readFolder(folder: string): ReadonlyMap<string, Buffer> {
  return new Map(
    readdirSync(folder)
      .toSorted()
      .map((file) => [file.replace(/\.json$/, ""), readFileSync(join(folder, file))]),
  );
}

/** Several commits as one step: what each manifest was before the first and is after the last that changed it. */
export function compose(commits: readonly HistoricChange[]): HistoricChange {
  const before = new Map<string, Buffer>();
  const after = new Map<string, Buffer>();
  const seen = new Set<string>();
  for (const commit of commits) {
    for (const [name, bytes] of commit.before) if (!seen.has(name)) before.set(name, bytes);
    for (const name of commit.before.keys()) after.delete(name);
    for (const [name, bytes] of commit.after) after.set(name, bytes);
    for (const name of [...commit.before.keys(), ...commit.after.keys()]) seen.add(name);
  }
  return { before, after };
}

/** The pairs of manifests that stand on both sides and differ. */
export function* changedPairs({ before, after }: HistoricChange): Generator<[string, JsonTape, JsonTape]> {
  for (const [name, bytes] of before) {
    const now = after.get(name);
    if (now !== undefined && !now.equals(bytes)) yield [name, readTape(bytes), readTape(now)];
  }
}

/** Explains a commit among the manifests that it left alone. */
export function explainCommit(commit: HistoricChange, others: readonly string[] = []): Explanation {
  const { before, after } = commit;
  const options = { profile: defaultProfile, exports: null };
  const sketches = (one: HistoricChange["before"], other: HistoricChange["before"]) =>
    new Map(
      [...one]
        .filter(([name]) => !other.has(name))
        .map(([name, bytes]) => [name, sketchManifest(readTape(bytes))]),
    );
  const renames = findRenames(sketches(before, after), sketches(after, before), defaultProfile);
  const touched = new Set([...before.keys(), ...after.keys()]);
  const rest = others.filter((name) => !touched.has(name));
  return explainChanges({
    before: [...before.keys(), ...rest],
    after: [...after.keys(), ...rest],
    changes: Array.from(changedPairs(commit), ([name, old, now]) => ({
      name,
      change: describeChange(old, now, options),
    })),
    renames: renames.map((rename) => ({
      ...rename,
      change: describeChange(
        readTape(before.get(rename.before) as Buffer),
        readTape(after.get(rename.after) as Buffer),
        options,
      ),
    })),
    digests: new Map(
      [...after]
        .filter(([name]) => !before.has(name))
        .map(([name, bytes]) => [name, sketchManifest(readTape(bytes)).digest]),
    ),
    unexplained: [],
    profile: defaultProfile,
  });
}
