import { expect, test } from "vitest";
import { checkRecordFolders } from "../../src/executors/record-folders.ts";
import { folderWith } from "../temporary.ts";

const COMMANDS = { rerun: "npx nx run checksums:check", accept: "npx nx run checksums:check" };
const FILES = { generator: { kind: "files", include: ["*.json"] } };

test("passes when every record folder has its family", async () => {
  const root = folderWith({ "nx.json": {}, "a/imagegate.json": FILES, "checksums/a/x.sum": "" });
  expect(await checkRecordFolders(root, COMMANDS)).toMatchObject({ success: true });
});

test("fails for a folder whose family is gone, and names it", async () => {
  const root = folderWith({ "nx.json": {}, "a/imagegate.json": FILES, "checksums/gone/x.sum": "" });
  const outcome = await checkRecordFolders(root, COMMANDS);
  expect(outcome.success).toBe(false);
  expect(outcome.terminalOutput).toContain("checksums/gone");
});

test("fails for records without any family", async () => {
  expect(await checkRecordFolders(folderWith({ "checksums/gone/x.sum": "" }), COMMANDS)).toMatchObject({
    success: false,
  });
});

test("passes where there is nothing at all", async () => {
  expect(await checkRecordFolders(folderWith({}), COMMANDS)).toMatchObject({ success: true });
});

test("cannot decide beside a broken configuration", async () => {
  const root = folderWith({ "a/imagegate.json": "{", "checksums/a/x.sum": "" });
  const outcome = await checkRecordFolders(root, COMMANDS);
  expect(outcome.success).toBe(false);
  expect(outcome.terminalOutput).toContain("a/imagegate.json");
});
