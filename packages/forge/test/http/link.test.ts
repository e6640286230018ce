import { expect, it } from "vitest";
import { nextPage } from "../../src/http/link.ts";

it.each([
  [undefined, null],
  ["", null],
  ['<https://a.test/?page=2>; rel="next"', "https://a.test/?page=2"],
  ["<https://a.test/?page=2>; rel=next", "https://a.test/?page=2"],
  ['<https://a.test/?page=9>; rel="last", <https://a.test/?page=2>; rel="next"', "https://a.test/?page=2"],
  ['<https://a.test/?a=1,2>; rel="prev", <https://a.test/?a=3,4>; rel="next"', "https://a.test/?a=3,4"],
  ['<https://a.test/1>; title="x"; rel="next start"', "https://a.test/1"],
  ['<https://a.test/1>; rel="last"', null],
  ['<https://a.test/1>; rel="nextish"', null],
  ["rel=next", null],
])("the next page of %j", (header, expected) => {
  expect(nextPage(header)).toBe(expected);
});
