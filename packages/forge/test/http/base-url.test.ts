import { describe, expect, it } from "vitest";
import { isBelow, parseBaseUrl } from "../../src/http/base-url.ts";

describe("the address of an API", () => {
  it.each([
    ["https://api.github.com", "https://api.github.com"],
    ["https://api.github.com/", "https://api.github.com"],
    ["https://ghe.test/api/v3//", "https://ghe.test/api/v3"],
    ["http://127.0.0.1:8080", "http://127.0.0.1:8080"],
    ["http://[::1]:8080/api", "http://[::1]:8080/api"],
  ])("is %s", (text, expected) => {
    expect(parseBaseUrl("X", text)).toEqual({ ok: true, value: expected });
  });

  it.each([
    ["http://gitlab.test/api/v4", "http://gitlab.test/api/v4"],
    ["http://127.0.0.1.evil.test", "http://127.0.0.1.evil.test/"],
    ["https://me:secret@api.test", "https://api.test/"],
    ["https://api.test/?token=secret", "https://api.test/"],
    ["file:///etc/passwd", "something else"],
    ["api.github.com", "something else"],
    ["me:secret@ api", "something else"],
  ])("is not %s", (text, found) => {
    expect(parseBaseUrl("X", text)).toMatchObject({
      ok: false,
      failure: { reason: "forge-setting-invalid", variable: "X", found },
    });
  });

  it.each([
    ["https://a.test/api/v3", "https://a.test/api/v3/x?page=2", true],
    ["https://a.test", "https://a.test/repositories/1/x", true],
    ["https://a.test/api/v3", "https://a.test/api/v3evil", false],
    ["https://a.test/api/v3", "https://a.test/api/v3/../../x", false],
    ["https://a.test", "http://a.test/x", false],
    ["https://a.test", "https://b.test/x", false],
    ["https://a.test", "https://me@a.test/x", false],
    ["https://a.test", "/x", false],
  ])("%s trusts %s: %s", (base, address, expected) => {
    expect(isBelow(base, address)).toBe(expected);
  });
});
