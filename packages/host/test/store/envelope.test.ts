import { sha256 } from "@imagegate/core";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { envelopeSize, openEnvelope, sealEnvelope } from "../../src/store/envelope.ts";

const key = "cd".repeat(32);

test("what is sealed opens, and its size is known before", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (payload) => {
      const sealed = sealEnvelope("manifest", key, payload);
      expect(sealed.length).toBe(envelopeSize("manifest", key, payload.length));
      const opened = openEnvelope("manifest", key, sealed);
      expect(opened.ok && Buffer.from(opened.payload).equals(payload)).toBe(true);
    }),
    { numRuns: 200 },
  );
});

test("no truncation, no addition and no flipped bit goes unseen", () => {
  const sealed = sealEnvelope("inspect", key, Buffer.from("payload"));
  for (let length = 0; length < sealed.length; length += 1) {
    expect(openEnvelope("inspect", key, sealed.subarray(0, length)).ok).toBe(false);
  }
  expect(openEnvelope("inspect", key, Buffer.concat([sealed, Buffer.from("x")]))).toMatchObject({
    problem: "length",
  });
  for (let bit = 0; bit < sealed.length * 8; bit += 1) {
    const flipped = Buffer.from(sealed);
    flipped.writeUInt8((flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7)), bit >> 3);
    expect(openEnvelope("inspect", key, flipped).ok).toBe(false);
  }
});

test("an entry belongs to one place", () => {
  const sealed = sealEnvelope("inspect", key, Buffer.from("payload"));
  expect(openEnvelope("manifest", key, sealed)).toEqual({ ok: false, problem: "address" });
  expect(openEnvelope("inspect", "ef".repeat(32), sealed)).toEqual({ ok: false, problem: "address" });
});

test("a blob's key is the digest of its payload", () => {
  const payload = Buffer.from("payload");
  expect(openEnvelope("blob", sha256(payload), sealEnvelope("blob", sha256(payload), payload)).ok).toBe(true);
  expect(() => sealEnvelope("blob", key, payload)).toThrow("sha256");
  const sealed = sealEnvelope("manifest", key, payload);
  const forged = Buffer.from(Buffer.from(sealed).toString("latin1").replace("manifest", "blob"), "latin1");
  expect(openEnvelope("blob", key, forged)).toEqual({ ok: false, problem: "digest" });
});
