import { ok, type Result } from "@imagegate/core";
import type { ForgeName, SettingFailure } from "../failure.ts";
import type { Environment } from "../settings.ts";
import type { Api } from "./api.ts";
import { PACING, type Pacing } from "./pacing.ts";
import { openDispatcher } from "./proxy.ts";
import { redactionOf } from "./redaction.ts";

/** What a run brings along. */
export interface ForgeOptions {
  readonly env: Environment;
  /** Ends every wait and every request. */
  readonly signal: AbortSignal;
  /** How patient to be; for tests. */
  readonly pacing?: Pacing;
}

/** An API over the proxies and the patience of a run; without a token it is what everybody may read. */
export function openApi(
  given: { readonly forge: ForgeName; readonly baseUrl: string; readonly token: string | null },
  { env, signal, pacing = PACING }: ForgeOptions,
): Result<Api, SettingFailure> {
  const dispatcher = openDispatcher(env);
  if (!dispatcher.ok) return dispatcher;
  const { forge, baseUrl, token } = given;
  const redact = token === null ? (text: string): string => text : redactionOf(token);
  return ok({ forge, baseUrl, dispatcher: dispatcher.value, redact, pacing, signal });
}
