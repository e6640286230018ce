import type { ProcessOutcome } from "@imagegate/host";
import { expect, it } from "vitest";
import { describeOutcome, outcomeDetails } from "../../src/messages/outcome.ts";

const ran = { stdout: new Uint8Array(), stderr: "", durationMs: 1 };
const cause = new Error("why");

it.each<[ProcessOutcome, string]>([
  [{ kind: "exited", exitCode: 2, ...ran }, "exit code 2"],
  [{ kind: "signalled", signal: "SIGKILL", ...ran }, "ended by SIGKILL"],
  [{ kind: "timed-out", timeoutMs: 90_000, ...ran }, "still running after 1 min 30 s, and ended"],
  [{ kind: "cancelled", ...ran }, "cancelled"],
  [{ kind: "output-too-large", bound: "line", limitBytes: 1_024, ...ran }, "more than 1 KiB in one line"],
  [{ kind: "stdout-held-open", ...ran }, "exited, but something that it started kept its output open"],
  [{ kind: "not-found", executable: "osbuild", cause }, "there is no program osbuild"],
  [
    { kind: "not-started", executable: "x", code: "EACCES", subject: "cwd", cause },
    "its folder cannot be entered (EACCES)",
  ],
])("%j is told", (outcome, text) => {
  expect(describeOutcome(outcome)).toBe(text);
});

it("keeps the first lines and the last of what a program said", () => {
  const stderr = Array.from({ length: 40 }, (_, index) => `line ${index}`).join("\r\n");
  const lines = outcomeDetails({ kind: "exited", exitCode: 1, ...ran, stderr });
  expect(lines).toHaveLength(13);
  expect(lines.slice(0, 5)).toEqual(["line 0", "line 1", "line 2", "line 3", "… 28 lines …"]);
  expect(lines.at(-1)).toBe("line 39");
});
