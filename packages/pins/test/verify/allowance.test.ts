import { expect, test } from "vitest";
import { applyAllowance } from "../../src/verify/allowance.ts";

const allowance = { reason: "the vendor moves", expires: "2026-01-15" };
const LAST_MOMENT = Date.UTC(2026, 0, 15, 23, 59, 59, 999);

test.each(["gone", "denied", "unreachable", "truncated", "not-an-artifact", "blocked"] as const)(
  "%s is put up with through the last day, in UTC",
  (found) => {
    expect(applyAllowance(found, allowance, LAST_MOMENT)).toEqual({
      class: found,
      allowedClass: null,
      isAllowed: true,
    });
    expect(applyAllowance(found, allowance, LAST_MOMENT + 1)).toEqual({
      class: "expired-allowance",
      allowedClass: found,
      isAllowed: false,
    });
  },
);

test.each(["ok", "drift", "size-mismatch"] as const)("%s is nothing that an allowance covers", (found) => {
  const untouched = { class: found, allowedClass: null, isAllowed: false };
  expect(applyAllowance(found, allowance, LAST_MOMENT)).toEqual(untouched);
  expect(applyAllowance(found, allowance, LAST_MOMENT + 1)).toEqual(untouched);
});

test("without an allowance nothing is allowed", () => {
  expect(applyAllowance("gone", null, 0)).toEqual({ class: "gone", allowedClass: null, isAllowed: false });
});
