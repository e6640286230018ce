import { lstat, mkdtemp, readdir, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const PREFIX = "imagegate-out-";

/** No command writes as long: two days. */
const ABANDONED_MS = 2 * 24 * 60 * 60 * 1_000;

/** Makes a fresh folder for what a command writes; those that killed runs left behind long ago are removed first. */
export async function makeOutFolder(): Promise<string> {
  const parent = await realpath(tmpdir());
  await removeAbandoned(parent);
  return mkdtemp(join(parent, PREFIX));
}

/** What cannot be looked at or removed is somebody else's, or goes next time. */
async function removeAbandoned(parent: string): Promise<void> {
  const names = await readdir(parent).catch(() => []);
  const before = Date.now() - ABANDONED_MS;
  for (const name of names) {
    if (!name.startsWith(PREFIX)) continue;
    const folder = join(parent, name);
    const state = await lstat(folder).catch(() => null);
    if (state === null || !state.isDirectory() || state.mtimeMs > before) continue;
    await rm(folder, { recursive: true, force: true }).catch(() => undefined);
  }
}
