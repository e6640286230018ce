import { fail, ok, readJson, type Result } from "@imagegate/core";
import type { ConfigFailure } from "../failure.ts";
import { configSchema, type ProjectConfig } from "./schema.ts";

/** Parses the text of an `imagegate.json`; all that is wrong is reported at once, unknown keys included. */
export function parseConfig(
  text: Uint8Array | string,
  configPath: string,
): Result<ProjectConfig, ConfigFailure> {
  const tape = readJson(text);
  if (!tape.ok) return fail({ reason: "config-unreadable", path: configPath, cause: tape.failure });
  const parsed = configSchema.safeParse(JSON.parse(tape.value.bytes.toString("utf8")));
  if (parsed.success) return ok(parsed.data);
  const problems = parsed.error.issues.map((issue) => ({
    path: issue.path.map((step) => (typeof step === "number" ? step : String(step))),
    message: issue.message,
  }));
  return fail({ reason: "config-invalid", path: configPath, problems });
}
