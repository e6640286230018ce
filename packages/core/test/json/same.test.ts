import { expect, it } from "vitest";
import { sayTheSame } from "../../src/json/same.ts";
import { readTape } from "./read-tape.ts";
import { respell, seededRandom } from "../mutations.ts";

function same(a: string, b: string): boolean {
  return sayTheSame({ tape: readTape(a), node: 0 }, { tape: readTape(b), node: 0 });
}

it.each([
  ["white space", '{"a":[1,2]}', '{ "a" : [1, 2]\n}'],
  ["the order of keys", '{"a":1,"b":{"d":1,"c":2}}', '{"b":{"c":2,"d":1},"a":1}'],
  ["the spelling of strings and keys", '{"é/":"\\u0041"}', '{"\\u00e9\\/":"A"}'],
])("does not count %s", (_, a, b) => {
  expect(same(a, b)).toBe(true);
});

it.each([
  ["the text of a number", "1", "1.0"],
  ["a key", '{"a":1}', '{"b":1}'],
  ["a member more", '{"a":1}', '{"a":1,"b":1}'],
  ["an element more", "[1]", "[1,1]"],
  ["the order of a list", "[1,2]", "[2,1]"],
  ["a kind", "[]", "{}"],
  ["a string", '"a"', '"b"'],
])("counts %s", (_, a, b) => {
  expect(same(a, b)).toBe(false);
});

it("sees through any other spelling", () => {
  const text = '{"a":[1,{"b":"é\\n","c":null}],"d":{"1":true,"10":-0.5e3}}';
  const random = seededRandom(3);
  for (let round = 0; round < 100; round += 1) expect(same(text, respell(readTape(text), random))).toBe(true);
});
