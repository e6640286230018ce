import { expect, test } from "vitest";
import * as plugin from "../src/index.ts";

test("the plugin exports what Nx looks for, and nothing else", () => {
  expect(Object.keys(plugin).sort()).toEqual(["createNodes", "name"]);
});
