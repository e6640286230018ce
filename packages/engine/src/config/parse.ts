import { fail, ok, readJson, type Result } from "@imagegate/core";
import type { ConfigFailure } from "../failure.ts";
import { findFolderProblems } from "./clashes.ts";
import { problemsOf } from "./problems.ts";
import { projectOf } from "./project.ts";
import { configSchema, type ProjectConfig } from "./schema.ts";

/** Parses the text of an `imagegate.json`; all that is wrong is reported at once, unknown keys included. */
export function parseConfig(
  text: Uint8Array | string,
  configPath: string,
): Result<ProjectConfig, ConfigFailure> {
  const tape = readJson(text);
  if (!tape.ok) return fail({ reason: "config-unreadable", path: configPath, cause: tape.failure });
  const parsed = configSchema.safeParse(JSON.parse(tape.value.bytes.toString("utf8")));
  const problems = parsed.success
    ? findFolderProblems(projectOf("", configPath, parsed.data))
    : parsed.error.issues.flatMap(problemsOf);
  if (parsed.success && problems.length === 0) return ok(parsed.data);
  return fail({ reason: "config-invalid", path: configPath, problems });
}
