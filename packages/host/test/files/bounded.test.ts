import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openFileReader, readFileBounded, readFileBoundedSync } from "../../src/files/bounded.ts";
import { temporaryFolder } from "../fixtures/paths.ts";

const read = openFileReader();
const readAgain: typeof readFileBounded = async (path, maxBytes) => read(path, maxBytes);

describe.each([
  ["async", readFileBounded],
  ["sync", async (path: string, maxBytes: number) => readFileBoundedSync(path, maxBytes)],
  ["into memory that is used again", readAgain],
])("%s", (_name, read) => {
  test("up to the bound, and not beyond", async () => {
    const path = join(temporaryFolder(), "file");
    for (const size of [0, 1, 999, 1000]) {
      const bytes = Buffer.alloc(size, 7);
      writeFileSync(path, bytes);
      const result = await read(path, 1000);
      expect(result.ok && Buffer.from(result.value).equals(bytes)).toBe(true);
    }
    writeFileSync(path, Buffer.alloc(1001));
    expect(await read(path, 1000)).toEqual({
      ok: false,
      failure: { reason: "too-large", path, sizeBytes: 1001, limitBytes: 1000 },
    });
  });

  test("a file whose announced size is wrong is read to its end, within the bound", async () => {
    const whole = await read("/proc/self/status", 1_000_000);
    expect(whole.ok && whole.value.length > 100).toBe(true);
    expect(await read("/proc/self/status", 100)).toMatchObject({
      ok: false,
      failure: { reason: "too-large", limitBytes: 100 },
    });
  });

  test("what is no file", async () => {
    const folder = temporaryFolder();
    const at = (name: string): string => join(folder, name);
    mkdirSync(at("folder"));
    execFileSync("mkfifo", [at("pipe")]);
    writeFileSync(at("file"), "");
    symlinkSync(at("file"), at("link"));
    symlinkSync(at("loop"), at("loop"));
    expect(await read(at("nothing"), 10)).toEqual({
      ok: false,
      failure: { reason: "missing", path: at("nothing") },
    });
    expect(await read(at("folder"), 10)).toMatchObject({ failure: { reason: "not-a-file" } });
    expect(await read(at("pipe"), 10)).toMatchObject({ failure: { reason: "not-a-file" } });
    expect(await read("/dev/zero", 10)).toMatchObject({ failure: { reason: "not-a-file" } });
    expect(await read(at("link"), 10)).toMatchObject({ ok: true });
    expect(await read(at("loop"), 10)).toMatchObject({ failure: { reason: "unreadable", code: "ELOOP" } });
    expect(await read(at("file/x"), 10)).toMatchObject({
      failure: { reason: "unreadable", code: "ENOTDIR" },
    });
  });
});

test("a reader's memory holds one file at a time, the next one's bytes and no others", () => {
  const folder = temporaryFolder();
  const sizes = [3_000, 10, 0, 3_001, 5_000_000, 7, 9_000];
  const read = openFileReader();
  const found = sizes.map((size, index) => {
    const path = join(folder, `${index}`);
    writeFileSync(path, Buffer.alloc(size, index + 1));
    const result = read(path, 5_000_000);
    return result.ok && Buffer.from(result.value).equals(Buffer.alloc(size, index + 1));
  });
  expect(found).toEqual(sizes.map(() => true));
  const first = read(join(folder, "0"), 5_000);
  const second = read(join(folder, "1"), 5_000);
  if (!first.ok || !second.ok) throw new Error("not read");
  expect(first.value.buffer).toBe(second.value.buffer);
});
