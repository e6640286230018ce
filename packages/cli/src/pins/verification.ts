import { ok, type Result } from "@imagegate/core";
import type { SettingFailure } from "@imagegate/forge";
import type { Limits, PinSet, RunOptions, Verification } from "@imagegate/pins";
import type { Shell } from "../shell/shell.ts";
import type { NetworkInput } from "./options.ts";

/** Verifies what a set pins: what stands in documents is judged already, the rest is asked for. */
export async function verifySet({ pins, inline }: PinSet, options: RunOptions): Promise<Verification> {
  const { verifyPins } = await import("@imagegate/pins");
  // There may be nothing but bytes in documents, and verifying nothing is a failure.
  const asked = pins.length === 0 ? NOTHING_ASKED : await verifyPins(pins, options);
  return { ...asked, verdicts: [...inline, ...asked.verdicts] };
}

const NOTHING_ASKED: Verification = {
  verdicts: [],
  downloadedBytes: 0,
  downloads: 0,
  durationMs: 0,
  isProxied: false,
};

/** How urls are asked for, as the command line and the environment say. */
export async function networkOptions(
  { allowLoopbackHttp, concurrency, perHost, timeoutMs, transferTimeoutMs }: NetworkInput,
  { env, signal }: Shell,
): Promise<Result<RunOptions, SettingFailure>> {
  const { readProxies } = await import("@imagegate/forge");
  const proxies = readProxies(env);
  if (!proxies.ok) return proxies;
  const limits: Partial<Limits> = {
    ...(timeoutMs === undefined ? {} : { runTimeoutMs: timeoutMs }),
    ...(transferTimeoutMs === undefined ? {} : { transferTimeoutMs }),
  };
  const total = concurrency ?? 16;
  return ok({
    signal,
    proxies: proxies.value,
    allowLoopbackHttp,
    limits,
    concurrency: { total, perHost: perHost ?? Math.min(8, total) },
  });
}
