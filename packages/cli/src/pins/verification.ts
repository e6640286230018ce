import { ok, type Result } from "@imagegate/core";
import type { SettingFailure } from "@imagegate/forge";
import { storeRoot } from "@imagegate/host";
import type {
  FindingOptions,
  Limits,
  PinSet,
  RunOptions,
  Verification,
  VerifyOptions,
} from "@imagegate/pins";
import type { Shell } from "../shell/shell.ts";
import { openKeeping, type Keeping } from "./keeping.ts";
import type { NetworkInput, VerifyInput } from "./options.ts";

/** Verifies what a set pins: what stands in documents is judged already, the rest is asked for. */
export async function verifySet({ pins, inline }: PinSet, options: VerifyOptions): Promise<Verification> {
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

/** How a verification comes by its verdicts, and what it keeps. */
export interface VerifyPlan {
  readonly options: VerifyOptions;
  readonly keeping: Keeping;
}

/** What a verification may do, as the command line and the environment say. */
export async function verifyPlan(
  { network, attested, maxAgeMs, keep }: VerifyInput,
  shell: Shell,
): Promise<Result<VerifyPlan, SettingFailure>> {
  const options = await networkOptions(network, shell);
  if (!options.ok) return options;
  const attesting = attested ? await attestingOptions(shell) : ok({});
  if (!attesting.ok) return attesting;
  const root = storeRoot(shell.env);
  const keeping = openKeeping(root);
  return ok({
    options: {
      ...options.value,
      ...attesting.value,
      ...(maxAgeMs === undefined ? {} : { memory: { root, maxAgeMs } }),
      ...(keep ? { keep: keeping.options } : {}),
    },
    keeping,
  });
}

async function attestingOptions({ env, signal }: Shell): Promise<Result<FindingOptions, SettingFailure>> {
  const { openReleaseAssets } = await import("@imagegate/forge");
  const attest = openReleaseAssets({ env, signal });
  return attest.ok ? ok({ attest: attest.value }) : attest;
}
