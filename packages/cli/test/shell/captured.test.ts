import { afterAll, beforeAll, expect, it } from "vitest";
import { runCaptured } from "../../src/shell/captured.ts";
import { makeWorkspace, type Workspace } from "../fixtures/workspace.ts";

let workspace: Workspace;

beforeAll(async () => {
  workspace = await makeWorkspace({ "a.pins.json": "{}" });
});
afterAll(() => workspace.remove());

function run(...argv: readonly string[]) {
  const signal = new AbortController().signal;
  const rerun = "npx nx run pins:verify-pins";
  return runCaptured(argv, { cwd: workspace.root, env: {}, signal, rerun });
}

it("keeps what both streams were told, in order, with the exit code, and says how it is called here", async () => {
  const { exitCode, output } = await run("pins", "verify");
  expect(exitCode).toBe(2);
  expect(output).toMatch(/^error: [^]*npx nx run pins:verify-pins[^]*nothing was verified/);
});

it("is as wrong arguments are to the program", async () => {
  const { exitCode, output } = await run("pins", "verify", "--bogus");
  expect({ exitCode, isTold: output.includes("bogus") }).toEqual({ exitCode: 2, isTold: true });
});
