import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { addToLefthook, addToShellHook } from "../../src/generators/hook-text.ts";

const COMMAND = "npx nx affected -t check --uncommitted";

describe("addToShellHook", () => {
  test("begins a hook where there is none", () => {
    expect(addToShellHook(null, COMMAND)).toMatch(/^#!\/bin\/sh\n# imagegate: .*\nnpx nx .* \|\| exit 1\n$/);
  });

  test("stands before what may end the script early, and leaves that as it is", () => {
    const text = addToShellHook("#!/usr/bin/env bash\nnpm test\nexit 0\n", COMMAND);
    expect(text).toMatch(/^#!\/usr\/bin\/env bash\n# imagegate: .*\nnpx nx .*\nnpm test\nexit 0\n$/);
  });

  test("goes first in a hook without an interpreter, as husky writes them", () => {
    expect(addToShellHook("npm test\n", COMMAND)).toMatch(/^# imagegate: .*\nnpx nx .*\nnpm test\n$/);
  });

  test("a second time changes nothing", () => {
    const once = addToShellHook("#!/bin/sh\nnpm test\n", COMMAND);
    expect(addToShellHook(once, COMMAND)).toBe(once);
  });

  test("refuses a hook in another language", () => {
    expect(() => addToShellHook("#!/usr/bin/env python3\nprint()\n", COMMAND)).toThrow("no shell script");
  });
});

describe("addToLefthook", () => {
  test("begins a configuration", () => {
    expect(parse(addToLefthook("", COMMAND))).toEqual({
      "pre-commit": { commands: { imagegate: { run: COMMAND } } },
    });
  });

  test("keeps what stands there, comments included", () => {
    const text = addToLefthook(
      "# ours\npre-commit:\n  commands:\n    lint:\n      run: npm run lint # fast\n",
      COMMAND,
    );
    expect(text).toContain("# ours");
    expect(text).toContain("# fast");
    expect(
      Object.keys((parse(text) as { "pre-commit": { commands: object } })["pre-commit"].commands),
    ).toEqual(["lint", "imagegate"]);
  });

  test("a second time changes nothing", () => {
    const once = addToLefthook("", COMMAND);
    expect(addToLefthook(once, COMMAND)).toBe(once);
  });

  test("refuses what it cannot read", () => {
    expect(() => addToLefthook("a: [", COMMAND)).toThrow("cannot be read");
  });
});
