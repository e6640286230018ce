import * as fc from "fast-check";
import { expect, test } from "vitest";
import { Tail } from "../../src/process/tail.ts";

test("the tail is the end of everything pushed", () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: "binary-ascii" })),
      fc.integer({ min: 1, max: 40 }),
      (parts, limit) => {
        const tail = new Tail(limit);
        for (const part of parts) tail.push(Buffer.from(part, "latin1"));
        expect(tail.text()).toBe(parts.join("").slice(-limit));
      },
    ),
    { numRuns: 200 },
  );
});

test("a character that the cut splits is left out", () => {
  const tail = new Tail(4);
  tail.push(Buffer.from("aé€b"));
  expect(tail.text()).toBe("€b");
  const split = new Tail(3);
  split.push(Buffer.from("aé€b"));
  expect(split.text()).toBe("b");
});
