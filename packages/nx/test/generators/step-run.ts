import { mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runProcess, type ProcessOutcome } from "@imagegate/host";
import { folderWith } from "../temporary.ts";

const FAKE = fileURLToPath(new URL("../fixtures/bin/record-argv", import.meta.url));

/** A step of a workflow. */
export interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly if?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, string>>;
}

/** What a step left behind. */
export interface StepRun {
  readonly outcome: ProcessOutcome;
  /** How the fakes were called. */
  readonly calls: readonly string[];
  readonly githubOutput: string;
  readonly summary: string;
}

/** Runs a step as GitHub does: bash with -eo pipefail, in a checkout, with programs that only note their arguments. */
export async function runStep(step: Step, env: Readonly<Record<string, string>> = {}): Promise<StepRun> {
  const root = folderWith({
    "argv.log": "",
    output: "",
    summary: "",
    "step.sh": step.run ?? "exit 99",
    "node_modules/@imagegate/nx/package.json": { name: "@imagegate/nx", version: "0.1.0" },
  });
  const bin = join(root, "bin");
  mkdirSync(bin);
  mkdirSync(join(root, "temp"));
  for (const program of ["npm", "npx", "pnpm", "git", "gh", "osbuild"]) symlinkSync(FAKE, join(bin, program));
  const outcome = await runProcess(["bash", "--noprofile", "--norc", "-eo", "pipefail", "step.sh"], {
    cwd: root,
    env: {
      PATH: `${bin}:${process.env["PATH"] ?? ""}`,
      ARGV_LOG: join(root, "argv.log"),
      GITHUB_OUTPUT: join(root, "output"),
      GITHUB_STEP_SUMMARY: join(root, "summary"),
      GITHUB_REPOSITORY: "acme/images",
      RUNNER_TEMP: join(root, "temp"),
      ...env,
    },
    timeoutMs: 100_000,
  });
  const lines = readFileSync(join(root, "argv.log"), "utf8").split("\n");
  return {
    outcome,
    calls: lines.filter((line) => line !== ""),
    githubOutput: readFileSync(join(root, "output"), "utf8"),
    summary: readFileSync(join(root, "summary"), "utf8"),
  };
}

/** The exit code, -1 when something else ended it. */
export function exitCodeOf({ outcome }: StepRun): number {
  return outcome.kind === "exited" ? outcome.exitCode : -1;
}
