import { PINS_FILE_ENDING as ENDING } from "@imagegate/pins";
import { expect, test } from "vitest";
import { PINS_FILE_ENDING } from "../../src/project/pins-files.ts";

test("a pins file is what it is to the command line, whose package takes too long to load for a graph", () => {
  expect(PINS_FILE_ENDING).toBe(ENDING);
});
