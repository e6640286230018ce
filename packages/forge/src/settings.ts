import { fail, ok, type Result } from "@imagegate/core";
import type { SettingFailure } from "./failure.ts";

/** The environment of a process. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A variable, the value that stands for it, and what it is. */
interface Setting {
  readonly variable: string;
  readonly expected: string;
  readonly pattern: RegExp;
}

/** The characters of a bearer token (RFC 6750 §2.1); shorter ones are placeholders. */
const TOKEN = /^[A-Za-z0-9._~+/=-]{8,}$/;

/** A token as a header may carry it: white space around it, which secrets are often pasted with, does not count. */
export function parseToken(variable: string, text: string): Result<string, SettingFailure> {
  const token = text.trim();
  return TOKEN.test(token) ? ok(token) : fail({ reason: "token-malformed", variable });
}

/** A variable that must be set, and to something that makes sense. */
export function readSetting(
  env: Environment,
  { variable, expected, pattern }: Setting,
): Result<string, SettingFailure> {
  const found = env[variable] ?? "";
  if (found === "") return fail({ reason: "forge-setting-missing", variable, expected });
  if (pattern.test(found)) return ok(found);
  return fail({ reason: "forge-setting-invalid", variable, expected, found });
}
