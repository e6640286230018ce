import { expect, test } from "vitest";
import * as forge from "../src/index.ts";

test("the package's exports", () => {
  expect(Object.keys(forge).toSorted()).toEqual([
    "PACING",
    "backOffMs",
    "openGitHubThread",
    "openGitLabThread",
    "openReleaseAssets",
    "readProxies",
    "readRetryAfter",
    "upsertComment",
  ]);
});
