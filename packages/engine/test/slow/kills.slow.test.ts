import { expect, it } from "vitest";
import { killOften } from "../run/kills.ts";
import { sharedSession } from "../workspace.ts";

const shared = sharedSession();

it("leaves every record whole, old or new, at 60 moments of being killed", { timeout: 300_000 }, async () => {
  const seen = await killOften(shared, 60);
  console.info(`records after 60 kills: ${JSON.stringify(seen)}`);
  // Kills that all came too early or too late would prove nothing.
  expect(seen["old"]).toBeGreaterThan(0);
  expect(seen["old"]).toBeLessThan(60);
});
