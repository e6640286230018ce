import { expect, test } from "vitest";
import * as forge from "../src/index.ts";

test("the package's exports", () => {
  expect(Object.keys(forge).toSorted()).toEqual([
    "PACING",
    "backOffMs",
    "openGitHubIssues",
    "openGitHubThread",
    "openGitLabThread",
    "openReleaseAssets",
    "raiseIssue",
    "readProxies",
    "readRetryAfter",
    "settleIssues",
    "upsertComment",
  ]);
});
