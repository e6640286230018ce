import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { formatPageAssets, PAGE_ASSETS } from "../page/assets.mjs";

it("the report's page in the core is made from its sources as they are; else: npm run page", async () => {
  expect(readFileSync(PAGE_ASSETS, "utf8")).toBe(await formatPageAssets());
});
