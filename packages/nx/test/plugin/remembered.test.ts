import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseConfig } from "@imagegate/engine/config";
import { expect, test } from "vitest";
import { createNodes } from "../../src/plugin/nodes.ts";
import { openRemembered } from "../../src/plugin/remembered.ts";
import { folderWith } from "../temporary.ts";

const FILE = ".nx/workspace-data/imagegate-parsed.json";

function workspace(): string {
  return folderWith({ ".nx/workspace-data/file": "" });
}

async function refuse(): Promise<never> {
  throw new Error("was parsed");
}

async function remember(root: string): Promise<void> {
  const parses = openRemembered(root, {});
  expect(await parses.of("a", "text", async () => ({ parsed: 1 }))).toEqual({ parsed: 1 });
  await parses.save();
}

test("a text is parsed once, whatever it is parsed into", async () => {
  const root = workspace();
  await remember(root);
  const parses = openRemembered(root, {});
  expect(await parses.of("a", "text", refuse)).toEqual({ parsed: 1 });
  await expect(parses.of("b", "text", refuse)).rejects.toThrow("was parsed");
  await expect(parses.of("a", "text ", refuse)).rejects.toThrow("was parsed");
});

test("what nothing asks for is not kept", async () => {
  const root = workspace();
  await remember(root);
  const parses = openRemembered(root, {});
  await parses.of("a", "other", async () => 2);
  await parses.save();
  await expect(openRemembered(root, {}).of("a", "text", refuse)).rejects.toThrow("was parsed");
  expect(await openRemembered(root, {}).of("a", "other", refuse)).toBe(2);
});

test.each([
  ["cut", (text: string) => text.slice(0, -10)],
  ["changed", (text: string) => text.replace("1", "2")],
  ["of another shape", () => "[]"],
])("a file that is %s is none", async (_, damage) => {
  const root = workspace();
  await remember(root);
  const path = join(root, FILE);
  writeFileSync(path, damage(readFileSync(path, "utf8")));
  await expect(openRemembered(root, {}).of("a", "text", refuse)).rejects.toThrow("was parsed");
});

test("nothing is written where Nx keeps nothing", async () => {
  const root = folderWith({});
  await remember(root);
  expect(existsSync(join(root, ".nx"))).toBe(false);
});

test("the folder is that of the environment", async () => {
  const root = folderWith({ "elsewhere/file": "" });
  const parses = openRemembered(root, { NX_WORKSPACE_DATA_DIRECTORY: join(root, "elsewhere") });
  await parses.of("a", "text", async () => 1);
  await parses.save();
  expect(existsSync(join(root, "elsewhere", "imagegate-parsed.json"))).toBe(true);
});

test("projects are the same the second time, and a broken configuration is refused each time", async () => {
  const family = {
    generator: { kind: "files", include: ["*.json"] },
    records: { form: "digest", algorithm: "sha256", of: "raw" },
  };
  const root = folderWith({ ".nx/workspace-data/file": "", "a/imagegate.json": family, "nx.json": {} });
  const context = { workspaceRoot: root, nxJsonConfiguration: {} };
  const create = () => createNodes[1](["a/imagegate.json", "nx.json"], { ids: "none" }, context);
  const first = await create();
  expect(existsSync(join(root, FILE))).toBe(true);
  expect(await create()).toEqual(first);
  const parsed = parseConfig(JSON.stringify(family), "a/imagegate.json");
  expect(JSON.parse(JSON.stringify(parsed))).toEqual(parsed);
  writeFileSync(join(root, "a/imagegate.json"), "{");
  for (let run = 0; run < 2; run += 1) await expect(create()).rejects.toThrow();
});
