import { expect, test } from "vitest";
import { answerHead, declaredBytes, framingOf, isEncoded, validatorOf } from "../../src/http/answer.ts";

const head = (headers: Readonly<Record<string, string>>) => ({ status: 200, headers });

test("headers that are given twice are one", () => {
  expect(answerHead(200, { "x-many": ["a", "b"], etag: '"x"' })).toEqual(
    head({ "x-many": "a, b", etag: '"x"' }),
  );
});

test.each<[Readonly<Record<string, string>>, string, number | null]>([
  [{ "content-length": "5" }, "length", 5],
  [{ "transfer-encoding": "chunked" }, "chunks", null],
  [{ "transfer-encoding": "gzip, Chunked" }, "chunks", null],
  [{ "transfer-encoding": "gzip" }, "close", null],
  [{}, "close", null],
])("%j is delimited by its %s", (headers, framing, declared) => {
  expect([framingOf(head(headers)), declaredBytes(head(headers))]).toEqual([framing, declared]);
});

test.each<[Readonly<Record<string, string>>, boolean]>([
  [{}, false],
  [{ "content-encoding": "identity" }, false],
  [{ "content-encoding": "" }, false],
  [{ "transfer-encoding": "chunked" }, false],
  [{ "content-encoding": "gzip" }, true],
  [{ "content-encoding": "identity, BR" }, true],
  [{ "content-encoding": "aws-chunked" }, true],
  [{ "transfer-encoding": "gzip, chunked" }, true],
])("%j: encoded is %s", (headers, expected) => expect(isEncoded(head(headers))).toBe(expected));

test.each<[Readonly<Record<string, string>>, string | null]>([
  [{ etag: '"one"', "last-modified": "then" }, '"one"'],
  [{ etag: 'W/"one"', "last-modified": "then" }, "then"],
  [{ etag: 'W/"one"' }, null],
  [{ etag: "one" }, null],
  [{ etag: '"one", "two"' }, null],
  [{}, null],
])("the validator of %j is %s", (headers, expected) => expect(validatorOf(head(headers))).toBe(expected));
