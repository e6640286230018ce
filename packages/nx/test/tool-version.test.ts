import { chmodSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runProcess } from "@imagegate/host";
import { describe, expect, test } from "vitest";
import { encodeProbe } from "../src/project/probe.ts";
import { describeTool } from "../src/tool-version.ts";
import { folderWith } from "./temporary.ts";

const PROGRAM = fileURLToPath(new URL("../bin/tool-version.js", import.meta.url));

function toolWith(script: string): string {
  const root = folderWith({ "tool.sh": `#!/bin/sh\n${script}\n` });
  chmodSync(join(root, "tool.sh"), 0o755);
  return root;
}

const describeScript = (script: string): Promise<string> =>
  describeTool(
    encodeProbe({ argv: ["./tool.sh", "--version"], folder: toolWith(script), env: { TOOL: "t" } }),
  );

describe("describeTool", () => {
  test.each([
    ["what it prints", "echo tool 1.2", "tool 1.2"],
    ["what it prints on stderr, as some do", "echo tool 1.2 >&2", "tool 1.2"],
    ["both", "echo out; echo err >&2", "out\nerr"],
    ["its own environment", 'echo "$TOOL"', "t"],
    ["a failure", "echo 1; exit 3", "missing:exit-3"],
    ["silence", "true", "missing:no-output"],
  ])("tells %s", async (_what, script, expected) => {
    expect(await describeScript(script)).toBe(expected);
  });

  test("a tool that is not there is missing, not silent", async () => {
    const probe = encodeProbe({ argv: ["imagegate-no-such-tool"], folder: ".", env: {} });
    expect(await describeTool(probe)).toBe("missing:not-found");
  });

  test.each(["", "!", encodeProbe({ argv: [], folder: ".", env: {} })])(
    "a probe like %j is bad",
    async (probe) => {
      expect(await describeTool(probe)).toBe("missing:bad-probe");
    },
  );
});

test("the program prints it and always ends well", async () => {
  const probe = encodeProbe({ argv: ["imagegate-no-such-tool"], folder: ".", env: {} });
  const outcome = await runProcess([process.execPath, PROGRAM, probe]);
  expect(outcome).toMatchObject({ kind: "exited", exitCode: 0 });
  expect(outcome.kind === "exited" && Buffer.from(outcome.stdout).toString()).toBe("missing:not-found\n");
});
