import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DIGEST_ALGORITHMS, formatDigest, parseDigest } from "../../src/pin/digest.ts";

const DIGITS = { sha256: 64, sha512: 128, sha1: 40 } as const;
const algorithm = fc.constantFrom(...DIGEST_ALGORITHMS);
const hex = (digits: number) =>
  fc.string({ unit: fc.constantFrom(..."0123456789abcdef"), minLength: digits, maxLength: digits });
const digest = algorithm.chain((name) => fc.record({ algorithm: fc.constant(name), hex: hex(DIGITS[name]) }));

describe("a digest", () => {
  it("reads back as it was written, bare where it stands or after its algorithm, in any case", () => {
    fc.assert(
      fc.property(digest, fc.boolean(), (value, isUpper) => {
        const cased = (text: string): string => (isUpper ? text.toUpperCase() : text);
        const prefixed = { text: cased(formatDigest(value)), declared: null };
        const bare = { text: cased(value.hex), declared: value.algorithm };
        expect(parseDigest(prefixed)).toEqual({ ok: true, value });
        expect(parseDigest(bare)).toEqual({ ok: true, value });
      }),
    );
  });

  it("of another width than its algorithm's is refused", () => {
    fc.assert(
      fc.property(algorithm, fc.nat(200), (name, digits) => {
        fc.pre(digits !== DIGITS[name]);
        const text = "a".repeat(digits);
        expect(parseDigest({ text, declared: name })).toEqual({
          ok: false,
          failure: { expected: `${DIGITS[name]} hexadecimal digits of ${name}`, found: text },
        });
      }),
    );
  });

  it.each([
    ["empty", "", "sha256"],
    ["a prefix alone", "sha256:", null],
    ["without any algorithm", "a".repeat(64), null],
    ["of an algorithm that is not taken", `md5:${"a".repeat(32)}`, null],
    ["of another algorithm than its place says", `sha1:${"a".repeat(40)}`, "sha256"],
    ["with a space", ` ${"a".repeat(63)}`, "sha256"],
    ["with a line feed", `${"a".repeat(64)}\n`, "sha256"],
    ["of other letters", "g".repeat(64), "sha256"],
    ["of two prefixes", `sha256:sha256:${"a".repeat(64)}`, null],
  ] as const)("that is %s is refused", (_, text, declared) => {
    expect(parseDigest({ text, declared })).toMatchObject({ ok: false, failure: { found: text } });
  });

  it("that is a url with a password is told without that", () => {
    const parsed = parseDigest({ text: "https://user:secret@h.org/a", declared: "sha256" });
    expect(parsed).toMatchObject({ ok: false, failure: { found: "https://h.org/a" } });
  });
});
