import { expect, it } from "vitest";
import { environmentElsewhere } from "../../src/git/environment.ts";

it("leaves out what a hook says of its own repository, and nothing else", () => {
  const env = {
    PATH: "/bin",
    GIT_DIR: ".git",
    GIT_INDEX_FILE: "index",
    GIT_AUTHOR_NAME: "a",
    HOME: undefined,
  };
  expect(environmentElsewhere(env)).toEqual({ PATH: "/bin", GIT_AUTHOR_NAME: "a" });
});
