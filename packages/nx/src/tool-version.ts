import { runProcess, type ProcessOutcome } from "@imagegate/host";
import { decodeProbe } from "./project/probe-word.ts";

const TIMEOUT_MS = 60_000;

/**
 * What a version command prints, on either stream; `missing:<reason>` when it cannot tell.
 * Never fails: Nx takes a runtime input that fails for one that prints nothing.
 */
export async function describeTool(encoded: string): Promise<string> {
  const probe = decodeProbe(encoded);
  if (probe === undefined) return "missing:bad-probe";
  const { argv, folder, env } = probe;
  return describeOutcome(await runProcess(argv, { cwd: folder, env, timeoutMs: TIMEOUT_MS }));
}

function describeOutcome(outcome: ProcessOutcome): string {
  switch (outcome.kind) {
    case "exited": {
      if (outcome.exitCode !== 0) return `missing:exit-${outcome.exitCode}`;
      const text = `${Buffer.from(outcome.stdout).toString("utf8").trim()}\n${outcome.stderr.trim()}`.trim();
      return text === "" ? "missing:no-output" : text;
    }
    case "not-started":
      return `missing:${outcome.code}`;
    default:
      return `missing:${outcome.kind}`;
  }
}
