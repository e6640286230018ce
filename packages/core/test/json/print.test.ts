import { expect, it } from "vitest";
import { printJson } from "../../src/json/print.ts";
import { valueOf } from "../../src/json/value.ts";
import { readTape } from "./read-tape.ts";

const print = (text: string, limit?: number): string => printJson(valueOf(readTape(text)), limit);

it("sorts keys, and keeps the text of numbers", () => {
  expect(print('{"b":[1.0,null,true],"a":{},"__proto__":"é\\n"}')).toBe(
    '{"__proto__":"é\\n","a":{},"b":[1.0,null,true]}',
  );
});

it("is cut at the limit, whatever is long", () => {
  const long = JSON.stringify({ list: Array.from({ length: 1_000 }, () => "x"), text: "y".repeat(1e6) });
  for (const limit of [0, 1, 10, 5_000]) expect(print(long, limit)).toHaveLength(limit);
  expect(print("[1]", 3)).toBe("[1]");
});
