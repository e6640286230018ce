import { chmod, lstat, readFile, rename, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { FieldChange, PinUpdate } from "../../src/update/pin-update.ts";
import { openPinsDocument, selectEntries, type PinsDocument } from "../../src/update/pins-document.ts";
import { applyUpdates, writeUpdates } from "../../src/update/write.ts";
import { makeFolder, type Folder } from "../fixtures/folder.ts";

const TEXT = `{
\t"pins": [
\t\t{ "name": "a",   "urls": ["https://h.org/a"], "sha256": "old" , "size": 3 },
\t\t{
\t\t\t"urls": ["https://h.org/b"]
\t\t}
\t]
}
`;

let folder: Folder;
beforeEach(async () => {
  folder = await makeFolder({ "a.pins.json": TEXT });
});
afterEach(() => folder.remove());

async function open(): Promise<PinsDocument> {
  const opened = await openPinsDocument("a.pins.json", { root: folder.root, allowLoopbackHttp: false });
  if (!opened.ok) throw new Error(JSON.stringify(opened.failure));
  return opened.value;
}

function update(document: PinsDocument, index: number, changes: readonly FieldChange[]): PinUpdate {
  const entry = document.entries[index];
  if (entry === undefined) throw new Error("no such entry");
  return { entry, changes, evidence: [] };
}

describe("an update", () => {
  it("changes the values and nothing else", async () => {
    const changes = [
      { field: "sha256", from: "old", to: "new" },
      { field: "size", from: 3, to: 4 },
    ] as const;
    const edited = applyUpdates(TEXT, [update(await open(), 0, changes)]);
    expect(edited).toBe(TEXT.replace('"old"', '"new"').replace(": 3 ", ": 4 "));
  });

  it("adds what is missing as the entry is written", async () => {
    const changes = [{ field: "sha256", from: null, to: "new" }] as const;
    const edited = applyUpdates(TEXT, [update(await open(), 1, changes)]);
    expect(edited).toBe(TEXT.replace('/b"]\n', '/b"],\n\t\t\t"sha256": "new"\n'));
    const onOneLine = '{"pins":[{"urls":["https://h.org/a"]},  {}]}';
    expect(applyUpdates(onOneLine, [update(await open(), 0, changes)])).toBe(
      '{"pins":[{"urls":["https://h.org/a"], "sha256": "new"},  {}]}',
    );
  });

  it("is written, unless somebody else wrote the file in between", async () => {
    const path = join(folder.root, "a.pins.json");
    const document = await open();
    const updates = [update(document, 0, [{ field: "sha256", from: "old", to: "new" }])];
    await writeFile(path, `${TEXT}\n`);
    expect(await writeUpdates(document, updates)).toEqual({
      ok: false,
      failure: { reason: "pins-file-moved", path: "a.pins.json" },
    });
    expect(await readFile(path, "utf8")).toBe(`${TEXT}\n`);
    await writeFile(path, TEXT);
    expect(await writeUpdates(document, updates)).toEqual({ ok: true, value: undefined });
    expect(await readFile(path, "utf8")).toBe(TEXT.replace('"old"', '"new"'));
  });
});

describe("an update of a file", () => {
  const changes = [{ field: "sha256", from: "old", to: "new" }] as const;

  it("follows a link, and keeps the rights", async () => {
    const [path, real] = ["a.pins.json", "real.json"].map((name) => join(folder.root, name));
    const document = await open();
    await rename(String(path), String(real));
    await chmod(String(real), 0o640);
    await symlink("real.json", String(path));
    expect(await writeUpdates(document, [update(document, 0, changes)])).toEqual({
      ok: true,
      value: undefined,
    });
    expect((await lstat(String(path))).isSymbolicLink()).toBe(true);
    expect((await stat(String(real))).mode & 0o777).toBe(0o640);
    expect(await readFile(String(real), "utf8")).toContain('"new"');
  });

  it("leaves one alone that is read-only", async () => {
    const path = join(folder.root, "a.pins.json");
    const document = await open();
    await chmod(path, 0o444);
    expect(await writeUpdates(document, [update(document, 0, changes)])).toMatchObject({
      failure: { reason: "write-failed", path: "a.pins.json", code: "EACCES" },
    });
    expect(await readFile(path, "utf8")).toBe(TEXT);
  });
});

describe("the pins of a file", () => {
  it("are found by the names that they have or get", async () => {
    const document = await open();
    const names = (selected: readonly string[] | null): unknown => {
      const entries = selectEntries(document, selected);
      return entries.ok ? entries.value.map(({ name }) => name) : entries.failure;
    };
    expect(names(null)).toEqual(["a", "b"]);
    expect(names(["b"])).toEqual(["b"]);
    expect(names(["c", "a"])).toEqual({
      reason: "pin-unknown",
      path: "a.pins.json",
      names: ["c"],
      known: ["a", "b"],
    });
  });

  it("are told when they cannot be asked for", async () => {
    await folder.write("b.pins.json", { pins: [{ urls: ["http://h.org/a"] }] });
    const opened = await openPinsDocument("b.pins.json", { root: folder.root, allowLoopbackHttp: false });
    expect(opened).toMatchObject({ ok: false, failure: [{ reason: "pin-url-invalid" }] });
  });
});
