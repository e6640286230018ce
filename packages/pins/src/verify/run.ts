import { setMaxListeners } from "node:events";
import { PACING, type Pacing, type Proxies } from "@imagegate/forge";
import pLimit from "p-limit";
import { resolveBySystem, type Resolve } from "../http/connector.ts";
import { Interruption } from "../http/failure.ts";
import { limitsOf, type Limits } from "../http/limits.ts";
import { openNetwork } from "../http/network.ts";
import { askedUrl } from "../pin/url.ts";
import type { TransferOptions } from "../http/transfer.ts";

/** What every run over urls needs, and may choose. */
export interface RunOptions {
  /** Ends the run; what is under way is `unreachable` then. */
  readonly signal: AbortSignal;
  /** As forge's `readProxies` reads them from the environment. */
  readonly proxies: Proxies;
  readonly concurrency?: Concurrency;
  readonly limits?: Partial<Limits>;
  /** How patient to be with a server; `timeoutMs` bounds the time until an answer begins. */
  readonly pacing?: Pacing;
  /** Lets this machine be asked, over http too; for tests. */
  readonly allowLoopbackHttp?: boolean;
  /** Authorities (PEM) that are trusted besides those that Node brings. */
  readonly certificates?: readonly string[];
  /** Resolves names in the system's place; for tests. */
  readonly resolve?: Resolve;
}

/** How many transfers there may be at once. */
export interface Concurrency {
  readonly total: number;
  /** By the host of the pinned url; where redirects lead, only `total` bounds. */
  readonly perHost: number;
}

/** A run that is open. */
export interface Run extends TransferOptions {
  /** Runs a piece of work over a url when its turn has come. */
  schedule<T>(url: string, work: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

const CONCURRENCY: Concurrency = { total: 16, perHost: 8 };

/** Opens a run; it must be closed. */
export function openRun(options: RunOptions): Run {
  const limits = limitsOf(options.limits ?? {});
  const bound = new AbortController();
  // Each transfer listens, and their number is bounded elsewhere.
  setMaxListeners(0, bound.signal);
  const cancel = (): void => bound.abort(new Interruption("cancelled", false));
  options.signal.addEventListener("abort", cancel);
  if (options.signal.aborted) cancel();
  const timer = setTimeout(() => bound.abort(new Interruption("run-timeout", false)), limits.runTimeoutMs);
  const network = openNetwork({
    proxies: options.proxies,
    resolve: options.resolve ?? resolveBySystem,
    certificates: options.certificates ?? [],
    connectTimeoutMs: limits.connectTimeoutMs,
    maxHeaderBytes: limits.maxHeaderBytes,
    allowLoopbackHttp: options.allowLoopbackHttp ?? false,
  });
  return {
    network,
    limits,
    pacing: options.pacing ?? PACING,
    signal: bound.signal,
    schedule: scheduleBy(options.concurrency ?? CONCURRENCY),
    close: async () => {
      clearTimeout(timer);
      options.signal.removeEventListener("abort", cancel);
      await network.close();
    },
  };
}

function scheduleBy({ total, perHost }: Concurrency): Run["schedule"] {
  const all = pLimit(total);
  const hosts = new Map<string, ReturnType<typeof pLimit>>();
  return (url, work) => {
    const host = URL.canParse(url) ? askedUrl(new URL(url)).host : "";
    const one = hosts.get(host) ?? pLimit(perHost);
    hosts.set(host, one);
    // The host's turn first: whoever waits for it must not hold one of all.
    return one(() => all(work));
  };
}
