import { fail, isSha256, ok, type PipelineIds, type Result, type Sha256 } from "@imagegate/core";
import { runProcess, type Argv, type ProcessOutcome } from "@imagegate/host";
import * as z from "zod/mini";
import type { ProjectConfig } from "../config/schema.ts";
import type { InspectFailure } from "../failure.ts";
import { parseJsonBytes } from "./stored-ids.ts";

/** How osbuild is called. */
export type OsbuildConfig = ProjectConfig["osbuild"];

/** osbuild decodes its input by the locale, unless Python is told otherwise. */
const ENVIRONMENT = { PYTHONUTF8: "1" };
const MAX_INSPECTION_BYTES = 256 * 1024 * 1024;
const MAX_REFUSAL_BYTES = 2_000;

/** The version that osbuild prints, trimmed; ask once a run. */
export async function askOsbuildVersion(
  config: OsbuildConfig,
  signal: AbortSignal,
): Promise<Result<string, InspectFailure>> {
  const argv: Argv = [config.executable, "--version"];
  const outcome = await runProcess(argv, { env: ENVIRONMENT, timeoutMs: config.timeoutMs, signal });
  const version = outcome.kind === "exited" ? Buffer.from(outcome.stdout).toString("utf8").trim() : "";
  if (outcome.kind === "exited" && outcome.exitCode === 0 && version !== "") return ok(version);
  return fail({ reason: "osbuild-version-failed", argv, outcome });
}

/** The ids that `osbuild --inspect -` prints for a manifest, which it also validates against its schemas. */
export async function inspectManifest(
  manifest: Uint8Array,
  config: OsbuildConfig,
  signal: AbortSignal,
): Promise<Result<readonly PipelineIds[], InspectFailure>> {
  const argv: Argv = [config.executable, ...config.args, "--inspect", "-"];
  const outcome = await runProcess(argv, {
    env: ENVIRONMENT,
    stdin: manifest,
    timeoutMs: config.timeoutMs,
    maxStdoutBytes: MAX_INSPECTION_BYTES,
    signal,
  });
  if (outcome.kind === "exited" && outcome.exitCode === 0) return parseInspection(argv, outcome.stdout);
  return fail(parseRefusal(argv, outcome) ?? { reason: "osbuild-failed", argv, outcome });
}

const sha256 = z.custom<Sha256>((value) => typeof value === "string" && isSha256(value));

const inspection = z.object({
  pipelines: z.array(
    z.object({
      name: z.string(),
      stages: z._default(z.array(z.object({ type: z.string(), id: sha256 })), []),
    }),
  ),
});

function parseInspection(argv: Argv, stdout: Uint8Array): Result<readonly PipelineIds[], InspectFailure> {
  const { data: inspected } = inspection.safeParse(parseJsonBytes(stdout));
  if (inspected === undefined) {
    return fail({ reason: "osbuild-output", argv, expected: "one JSON object with an id for every stage" });
  }
  return ok(
    inspected.pipelines.map(({ name, stages }) => ({
      name,
      id: stages.at(-1)?.id ?? null,
      stages: stages.map(({ type, id }) => ({ type, id })),
    })),
  );
}

const refusal = z.object({
  title: z._default(z.string(), "refused"),
  errors: z._default(z.array(z.object({ message: z.string(), path: z.unknown() })), []),
});

/** Exit 2 with words on stdout is osbuild's own verdict: JSON for a schema, plain text for an unknown format. */
function parseRefusal(argv: Argv, outcome: ProcessOutcome): InspectFailure | undefined {
  if (outcome.kind !== "exited" || outcome.exitCode !== 2 || outcome.stdout.length === 0) return undefined;
  const { data: refused } = refusal.safeParse(parseJsonBytes(outcome.stdout));
  if (refused === undefined) {
    const title = Buffer.from(outcome.stdout).toString("utf8", 0, MAX_REFUSAL_BYTES).trim();
    return { reason: "osbuild-refused", argv, title, errors: [] };
  }
  const errors = refused.errors.map(({ message, path }) => ({
    message: message.slice(0, MAX_REFUSAL_BYTES),
    path: formatErrorPath(path),
  }));
  return { reason: "osbuild-refused", argv, title: refused.title, errors };
}

function formatErrorPath(path: unknown): string {
  if (typeof path === "string") return path;
  return Array.isArray(path)
    ? path.map((step) => (typeof step === "number" ? `[${step}]` : `.${step}`)).join("")
    : "";
}
