import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, it } from "vitest";
import { makeWorkspace, type Workspace } from "../fixtures/workspace.ts";

let workspace: Workspace;
beforeAll(async () => {
  workspace = await makeWorkspace();
});
afterAll(() => workspace.remove());

it.each([
  [[], "engine/schema/imagegate.schema.json"],
  [["config"], "engine/schema/imagegate.schema.json"],
  [["pins"], "pins/schema/pins.schema.json"],
])("schema %j prints what is published as %s", async (args, path) => {
  const published = readFileSync(new URL(`../../../${path}`, import.meta.url), "utf8");
  expect(await workspace.run(["schema", ...args])).toEqual({ code: 0, stdout: published, stderr: "" });
});

it("refuses what has no schema", async () => {
  expect(await workspace.run(["schema", "report"])).toMatchObject({ code: 2, stdout: "" });
});
