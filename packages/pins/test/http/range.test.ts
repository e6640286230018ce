import fc from "fast-check";
import { expect, test } from "vitest";
import { rangeHeaders, wholeOfRest } from "../../src/http/range.ts";

const PART = { receivedBytes: 40, wholeBytes: 100, validator: '"one"' };
const HEADERS = { "content-range": "bytes 40-99/100", "content-length": "60", etag: '"one"' };

test("the rest is asked for on the condition that it is one of the same bytes", () => {
  expect(rangeHeaders(PART)).toEqual({ range: "bytes=40-", "if-range": '"one"' });
});

test.each<[string, Readonly<Record<string, string>>]>([
  ["with everything", HEADERS],
  ["without a length", { "content-range": "bytes 40-99/100", etag: '"one"' }],
  ["without an ETag", { "content-range": "bytes 40-99/100", "content-length": "60" }],
])("the exact rest, %s", (_, headers) => expect(wholeOfRest(PART, { status: 206, headers })).toBe(100));

test.each<[string, number, Readonly<Record<string, string>>]>([
  ["a whole", 200, HEADERS],
  ["no range", 206, { "content-length": "60" }],
  ["a range that begins early", 206, { ...HEADERS, "content-range": "bytes 39-99/100" }],
  ["a range that begins late", 206, { ...HEADERS, "content-range": "bytes 41-99/100" }],
  ["a range that ends early", 206, { ...HEADERS, "content-range": "bytes 40-98/100" }],
  ["a range of another whole", 206, { ...HEADERS, "content-range": "bytes 40-100/101" }],
  ["a range of an unknown whole", 206, { ...HEADERS, "content-range": "bytes 40-99/*" }],
  ["another unit", 206, { ...HEADERS, "content-range": "lines 40-99/100" }],
  ["another length", 206, { ...HEADERS, "content-length": "61" }],
  ["another ETag", 206, { ...HEADERS, etag: '"two"' }],
  ["the same ETag, weakened", 206, { ...HEADERS, etag: 'W/"one"' }],
  ["another coding", 206, { ...HEADERS, "content-encoding": "gzip" }],
  ["several ranges", 206, { "content-type": "multipart/byteranges; boundary=x", "content-length": "60" }],
])("not %s", (_, status, headers) => expect(wholeOfRest(PART, { status, headers })).toBeNull());

test("by date, when that is what was seen", () => {
  const part = { ...PART, validator: "Thu, 01 Jan 2026 00:00:00 GMT" };
  const headers = { "content-range": "bytes 40-99/100", etag: '"any"' };
  expect(wholeOfRest(part, { status: 206, headers: { ...headers, "last-modified": part.validator } })).toBe(
    100,
  );
  expect(
    wholeOfRest(part, { status: 206, headers: { ...headers, "last-modified": "another day" } }),
  ).toBeNull();
});

test("of all ranges only the one that is missing", () => {
  const size = fc.integer({ min: 0, max: 5 });
  fc.assert(
    fc.property(size, size, size, size, (receivedBytes, first, last, whole) => {
      const head = { status: 206, headers: { "content-range": `bytes ${first}-${last}/${whole}` } };
      const found = wholeOfRest({ receivedBytes, wholeBytes: null, validator: '"one"' }, head);
      expect(found).toBe(first === receivedBytes && last === whole - 1 ? whole : null);
    }),
  );
});
