import type { Proxies } from "@imagegate/forge";
import { EnvHttpProxyAgent, type Dispatcher } from "undici";
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
  close(): Promise<void>;
}

const THIS_MACHINE = "127.0.0.1,localhost,[::1]";

/** Opens the connections of a run; nothing is sent yet. */
export function openNetwork(options: NetworkOptions): Network {
  const { proxies, allowLoopbackHttp } = options;
  const onThisMachine = new Set<string>();
  const internet = openAgent(options, "internet", onThisMachine);
  const loopback = allowLoopbackHttp ? openAgent(options, "loopback", onThisMachine) : null;
  return {
    realm: allowLoopbackHttp ? "loopback" : "internet",
    isProxied: (proxies.httpsProxy || proxies.httpProxy) !== "" && proxies.noProxy !== "*",
    dispatcher: (realm) => (realm === "loopback" && loopback !== null ? loopback : internet),
    isOnThisMachine: (origin) => onThisMachine.has(origin),
    close: async () => {
      await Promise.all([internet.destroy(), loopback?.destroy()]);
    },
  };
}

function openAgent(options: NetworkOptions, realm: Realm, onThisMachine: Set<string>): Dispatcher {
  const { proxies, resolve, certificates, connectTimeoutMs, maxHeaderBytes } = options;
  const connect = guardedConnector({ realm, resolve, certificates, timeoutMs: connectTimeoutMs });
  // A proxy cannot reach our loopback.
  const noProxy = realm === "loopback" ? `${proxies.noProxy},${THIS_MACHINE}` : proxies.noProxy;
  return new EnvHttpProxyAgent({
    ...proxies,
    noProxy,
    connect: (target, callback) =>
      connect(target, (...[error, socket]) => {
        if (error !== null) return callback(error, null);
        const { origin } = new URL(`${target.protocol}//${target.host ?? target.hostname}`);
        if (reachOf(socket.remoteAddress ?? "") === "loopback") onThisMachine.add(origin);
        else onThisMachine.delete(origin);
        return callback(null, socket);
      }),
    requestTls: tlsSettings(certificates),
    maxHeaderSize: maxHeaderBytes,
    // Ours tell a silence before the answer from one within it.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
}
