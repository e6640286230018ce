import { describe, expect, it } from "vitest";
import { isAbsolutePath } from "../src/path.ts";

describe("isAbsolutePath", () => {
  it.each(["/etc/motd", "/a", "/.hidden", "/a/..b", "/var/lib/x-1.2"])("takes %s", (path) => {
    expect(isAbsolutePath(path)).toBe(true);
  });

  it.each(["", "/", "etc/motd", "/etc/", "//etc", "/etc/../shadow", "/./etc", "/etc/mo td", "/..", "/etc\n"])(
    "refuses %j",
    (path) => {
      expect(isAbsolutePath(path)).toBe(false);
    },
  );
});
