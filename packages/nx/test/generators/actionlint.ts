import { runProcess } from "@imagegate/host";
import { expect } from "vitest";
import { folderWith } from "../temporary.ts";

/** Expects actionlint to have nothing to say about workflows, by their paths; says so loudly where it is not installed. */
export async function expectLinted(workflows: Readonly<Record<string, string>>): Promise<void> {
  const root = folderWith({ ...workflows, ".git/HEAD": "ref: refs/heads/main\n" });
  const outcome = await runProcess(["actionlint", "-no-color", ...Object.keys(workflows)], { cwd: root });
  if (outcome.kind === "not-found") {
    console.warn("actionlint is not installed: the workflow is NOT checked by it here");
    return;
  }
  expect(outcome).toMatchObject({ kind: "exited", exitCode: 0 });
}
