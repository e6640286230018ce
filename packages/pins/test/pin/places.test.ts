import { expect, it } from "vitest";
import { joinPlaces } from "../../src/pin/places.ts";
import { placeAt } from "../fixtures/pins.ts";

it("keeps every place once, in the order in which they come up", () => {
  const elsewhere = { ...placeAt(1), path: "b.pins.json" };
  const joined = joinPlaces([placeAt(2), placeAt(1)], [placeAt(1), elsewhere, placeAt(2), placeAt(3)]);
  expect(joined).toEqual([placeAt(2), placeAt(1), elsewhere, placeAt(3)]);
});
