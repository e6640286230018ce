import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { writeFileAtomic } from "../../src/files/atomic.ts";
import { temporaryFolder } from "../fixtures/paths.ts";

test("writes and replaces, and leaves nothing else", async () => {
  const folder = temporaryFolder();
  const path = join(folder, "a.sum");
  expect(await writeFileAtomic(path, "one\n")).toEqual({ ok: true, value: undefined });
  await writeFileAtomic(path, new Uint8Array([0x32, 0x0a]));
  expect(readFileSync(path, "utf8")).toBe("2\n");
  expect(readdirSync(folder)).toEqual(["a.sum"]);
});

test("a mode holds whatever the umask, on a new file and on a replaced one", async () => {
  const path = join(temporaryFolder(), "file");
  writeFileSync(path, "", { mode: 0o644 });
  for (const mode of [0o600, 0o666, 0o755]) {
    await writeFileAtomic(path, "x", { mode });
    expect(statSync(path).mode & 0o777).toBe(mode);
  }
});

test("a name of the longest kind is no trouble", async () => {
  const path = join(temporaryFolder(), "n".repeat(255));
  expect((await writeFileAtomic(path, "x")).ok).toBe(true);
});

test("failures name the code and leave the folder as it was", async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "taken"));
  writeFileSync(join(folder, "file"), "");
  const cases = [
    ["missing/x", "ENOENT"],
    ["file/x", "ENOTDIR"],
    ["taken", "EISDIR"],
  ] as const;
  for (const [name, code] of cases) {
    const path = join(folder, name);
    expect(await writeFileAtomic(path, "x")).toMatchObject({
      ok: false,
      failure: { reason: "write-failed", path, code },
    });
  }
  expect(readdirSync(folder)).toEqual(["file", "taken"]);
});
