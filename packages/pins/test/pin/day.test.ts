import fc from "fast-check";
import { expect, it } from "vitest";
import { isDay } from "../../src/pin/day.ts";

it("knows the days that the calendar has", () => {
  const days = fc.date({ min: new Date("0000-01-01"), max: new Date("9999-12-31"), noInvalidDate: true });
  fc.assert(fc.property(days, (date) => isDay(date.toISOString().slice(0, 10))));
});

it.each([
  "2100-02-29",
  "2027-02-29",
  "2027-04-31",
  "2027-00-10",
  "2027-01-00",
  "2027-1-1",
  "2027-01-01T00:00Z",
  "",
])("does not know %s", (text) => {
  expect(isDay(text)).toBe(false);
});

it.each(["2000-02-29", "2028-02-29", "2027-12-31"])("knows %s", (text) => {
  expect(isDay(text)).toBe(true);
});
