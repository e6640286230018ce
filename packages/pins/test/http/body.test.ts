import { describe, expect, test } from "vitest";
import { Body } from "../../src/http/body.ts";
import { artifactBytes, digestOf } from "../fixtures/artifact.ts";

const BYTES = artifactBytes(2_000);
const head = (headers: Readonly<Record<string, string>>) => ({ status: 200, headers });
const LENGTH = { "content-length": "2000", etag: '"one"' };

function bodyOf(sizes: readonly number[] | null = null, maxBytes = 10_000): Body {
  return new Body({ algorithms: ["sha256", "sha1"], sizes, maxBytes, keeper: null });
}

function isUnfinished(sizes: readonly number[] | null): boolean {
  const body = bodyOf(sizes);
  body.restart(head({}));
  body.write(BYTES);
  return body.isUnfinished;
}

test("all digests in one pass, however the bytes come", () => {
  const body = bodyOf();
  body.restart(head(LENGTH));
  for (let at = 0; at < BYTES.length; at += 7) body.write(BYTES.subarray(at, at + 7));
  expect([body.isUnfinished, body.digests()]).toEqual([false, [digestOf(BYTES), digestOf(BYTES, "sha1")]]);
  expect(Buffer.from(body.sample).equals(BYTES.subarray(0, 512))).toBe(true);
});

test("a body that begins anew forgets what came before, but not that it was loaded", () => {
  const body = bodyOf();
  body.restart(head(LENGTH));
  body.write(Buffer.from("something else"));
  body.restart(head(LENGTH));
  body.write(BYTES);
  expect(body.digests()[0]).toEqual(digestOf(BYTES));
  expect([body.receivedBytes, body.downloadedBytes]).toEqual([2_000, 2_014]);
});

describe("a rest can be asked for", () => {
  test.each<[string, Readonly<Record<string, string>>, object | null]>([
    ["with a strong ETag", LENGTH, { receivedBytes: 10, wholeBytes: 2_000, validator: '"one"' }],
    ["in chunks", { etag: '"one"' }, { receivedBytes: 10, wholeBytes: null, validator: '"one"' }],
    ["without a validator: not", { "content-length": "2000" }, null],
    ["of another coding: not", { ...LENGTH, "content-encoding": "gzip" }, null],
  ])("%s", (_, headers, part) => {
    const body = bodyOf();
    body.restart(head(headers));
    expect(body.part).toBeNull();
    body.write(BYTES.subarray(0, 10));
    expect(body.part).toEqual(part);
  });
});

describe("no more is read", () => {
  test("than the largest size that is pinned, once the beginning was seen", () => {
    const body = bodyOf([3, 1_000]);
    body.restart(head({ "transfer-encoding": "chunked" }));
    expect([body.write(BYTES.subarray(0, 1_000)), body.write(BYTES.subarray(0, 1))]).toEqual([
      "more",
      "stop",
    ]);
    expect([body.excess, body.hasAnotherSize]).toEqual(["another-size", true]);
  });
  test("than the beginning, where the answer says another size than is pinned", () => {
    const body = bodyOf([1_999]);
    body.restart(head(LENGTH));
    expect([body.write(BYTES.subarray(0, 511)), body.write(BYTES.subarray(511, 512))]).toEqual([
      "more",
      "stop",
    ]);
  });
  test("than the limit, where no size is pinned", () => {
    const body = bodyOf(null, 1_999);
    body.restart(head(LENGTH));
    expect([body.write(BYTES.subarray(0, 1_999)), body.write(BYTES.subarray(0, 1))]).toEqual([
      "more",
      "stop",
    ]);
    expect(body.excess).toBe("beyond-limit");
  });
  test("but a pinned size may be beyond the limit", () => {
    const body = bodyOf([2_000], 10);
    body.restart(head(LENGTH));
    expect([body.write(BYTES), body.excess]).toEqual(["more", null]);
  });
});

test("a body that only the connection ends is unfinished, unless it has a size that is pinned", () => {
  expect([isUnfinished(null), isUnfinished([1_999, 2_001]), isUnfinished([2_000])]).toEqual([
    true,
    true,
    false,
  ]);
});
