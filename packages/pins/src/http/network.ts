import type { Proxies } from "@imagegate/forge";
import { EnvHttpProxyAgent, errors, type buildConnector, type Dispatcher } from "undici";
import { reachOf } from "./address.ts";
import { guardedConnector, tlsSettings, type Resolve } from "./connector.ts";
import type { Realm } from "./destination.ts";

/** What leads to the servers of a run. */
export interface NetworkOptions {
  readonly proxies: Proxies;
  readonly resolve: Resolve;
  readonly certificates: readonly string[];
  readonly connectTimeoutMs: number;
  readonly maxHeaderBytes: number;
  /** Whether this machine may be asked, also over http; for tests. */
  readonly allowLoopbackHttp: boolean;
}

/** The connections of a run; what leads to the internet and what may lead to this machine share none. */
export interface Network {
  /** The realm that a pin's own url starts in. */
  readonly realm: Realm;
  /** Whether a proxy is named, which then resolves names in our place. */
  readonly isProxied: boolean;
  dispatcher(realm: Realm): Dispatcher;
  /** Whether an origin was last connected to on this machine. */
  isOnThisMachine(origin: string): boolean;
  /** Whether an origin has sent what is no HTTP since then (`performance.now()`), as after a body that was longer than said. */
  hasOverrunSince(origin: string, sinceMs: number): boolean;
  close(): Promise<void>;
}

const THIS_MACHINE = "127.0.0.1,localhost";

/** What connections tell of origins. */
interface Sightings {
  readonly onThisMachine: Set<string>;
  readonly overrunAtMs: Map<string, number>;
}

/** Opens the connections of a run; nothing is sent yet. */
export function openNetwork(options: NetworkOptions): Network {
  const { proxies, allowLoopbackHttp } = options;
  const sightings = { onThisMachine: new Set<string>(), overrunAtMs: new Map<string, number>() };
  const internet = openAgent(options, "internet", sightings);
  const loopback = allowLoopbackHttp ? openAgent(options, "loopback", sightings) : null;
  return {
    realm: allowLoopbackHttp ? "loopback" : "internet",
    isProxied: (proxies.httpsProxy || proxies.httpProxy) !== "" && proxies.noProxy !== "*",
    dispatcher: (realm) => (realm === "loopback" && loopback !== null ? loopback : internet),
    isOnThisMachine: (origin) => sightings.onThisMachine.has(origin),
    hasOverrunSince: (origin, sinceMs) => (sightings.overrunAtMs.get(origin) ?? -Infinity) >= sinceMs,
    close: async () => {
      await Promise.all([internet.destroy(), loopback?.destroy()]);
    },
  };
}

function openAgent(options: NetworkOptions, realm: Realm, sightings: Sightings): Dispatcher {
  const { proxies, resolve, certificates, connectTimeoutMs, maxHeaderBytes } = options;
  const connect = guardedConnector({ realm, resolve, certificates, timeoutMs: connectTimeoutMs });
  // A proxy cannot reach our loopback.
  const noProxy = realm === "loopback" ? `${proxies.noProxy},${THIS_MACHINE}` : proxies.noProxy;
  return new EnvHttpProxyAgent({
    ...proxies,
    noProxy,
    connect: watch(connect, sightings),
    requestTls: tlsSettings(certificates),
    maxHeaderSize: maxHeaderBytes,
    // Ours tell a silence before the answer from one within it.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
}

/** Keeps in mind where connections lead, and which end because of what came over them. */
function watch(connect: buildConnector.connector, sightings: Sightings): buildConnector.connector {
  return (target, callback) =>
    connect(target, (...[error, socket]) => {
      if (error !== null) return callback(error, null);
      const { origin } = new URL(`${target.protocol}//${target.host ?? target.hostname}`);
      if (reachOf(socket.remoteAddress ?? "") === "loopback") sightings.onThisMachine.add(origin);
      else sightings.onThisMachine.delete(origin);
      socket.on("error", (cause) => {
        if (isOverrun(cause)) sightings.overrunAtMs.set(origin, performance.now());
      });
      return callback(null, socket);
    });
}

/** Bytes that answer no request: undici has but one code for them and for a connection that was simply closed. */
function isOverrun(error: Error): boolean {
  return error instanceof errors.HTTPParserError || error.message === "bad response";
}
