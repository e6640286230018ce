import { expect, it } from "vitest";
import { inspectManifest } from "../../src/inspect/osbuild.ts";
import { fakeOsbuild } from "../inspect/fake-osbuild.ts";
import { failureOf } from "../workspace.ts";

it("ends an osbuild that never stops printing", async () => {
  fakeOsbuild().mode("flood");
  const config = { executable: "osbuild", args: [], extraKey: "", crossCheck: false, timeoutMs: 60_000 };
  const result = await inspectManifest(Buffer.from("{}"), config, new AbortController().signal);
  expect(failureOf(result)).toMatchObject({
    reason: "osbuild-failed",
    outcome: { kind: "output-too-large", limitBytes: 256 * 1024 * 1024 },
  });
});
