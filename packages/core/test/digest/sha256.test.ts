import { describe, expect, it } from "vitest";
import { isSha256, sha256 } from "../../src/digest/sha256.ts";

describe("sha256", () => {
  it.each([
    ["", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
    ["abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"],
    [
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
    ],
    ["a".repeat(1_000_000), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"],
  ])("FIPS 180-4 examples", (text, digest) => {
    expect(sha256(text)).toBe(digest);
    expect(sha256(Buffer.from(text))).toBe(digest);
  });

  it("takes texts as UTF-8", () => {
    expect(sha256("é𝄞")).toBe(sha256(Buffer.from([0xc3, 0xa9, 0xf0, 0x9d, 0x84, 0x9e])));
  });
});

describe("isSha256", () => {
  it.each([
    ["a".repeat(64), true],
    ["0123456789abcdef".repeat(4), true],
    ["A".repeat(64), false],
    ["a".repeat(63), false],
    ["a".repeat(65), false],
    ["g".repeat(64), false],
    [`${"a".repeat(64)}\n`, false],
    [`sha256:${"a".repeat(64)}`, false],
    ["", false],
  ])("%j: %s", (text, expected) => {
    expect(isSha256(text)).toBe(expected);
  });
});
