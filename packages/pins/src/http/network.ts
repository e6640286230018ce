import type { Socket } from "node:net";
import type { Proxies } from "@imagegate/forge";
import { Agent, Pool, ProxyAgent, type buildConnector, type Dispatcher } from "undici";
import { reachOf } from "./address.ts";
import { watchConnection, type Connection, type Reading } from "./connection.ts";
import { guardedConnector, tlsSettings, type Resolve } from "./connector.ts";
import type { Realm } from "./destination.ts";
import { proxyFor } from "./proxy.ts";

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

/** What leads to one url. */
export interface Route {
  readonly dispatcher: Dispatcher;
  /** Whether a proxy stands between, which then resolves names in our place. */
  readonly isProxied: boolean;
  /** The connection that is being read: called with an answer's head, the one that brings it. */
  connectionNow(): Connection | null;
}

/** The connections of a run; what leads to the internet and what may lead to this machine share none. */
export interface Network {
  /** The realm that a pin's own url starts in. */
  readonly realm: Realm;
  routeTo(url: URL, realm: Realm): Route;
  /** Whether an origin was last connected to on this machine. */
  isOnThisMachine(origin: string): boolean;
  close(): Promise<void>;
}

const THIS_MACHINE = "127.0.0.1,localhost";

/** What connections tell. */
interface Sightings {
  readonly onThisMachine: Set<string>;
  readonly reading: Reading;
}

/** Opens the connections of a run; nothing is sent yet. */
export function openNetwork(options: NetworkOptions): Network {
  const { allowLoopbackHttp } = options;
  const sightings: Sightings = { onThisMachine: new Set(), reading: { connection: null } };
  const internet = openRoutes(options, "internet", sightings);
  const loopback = allowLoopbackHttp ? openRoutes(options, "loopback", sightings) : null;
  return {
    realm: allowLoopbackHttp ? "loopback" : "internet",
    routeTo: (url, realm) => (realm === "loopback" && loopback !== null ? loopback : internet).routeTo(url),
    isOnThisMachine: (origin) => sightings.onThisMachine.has(origin),
    close: async () => {
      await Promise.all([internet.close(), loopback?.close()]);
    },
  };
}

/** The routes of one realm: one to all that is asked directly, one through each proxy. */
interface Routes {
  routeTo(url: URL): Route;
  close(): Promise<void>;
}

function openRoutes(options: NetworkOptions, realm: Realm, sightings: Sightings): Routes {
  const { proxies, resolve, certificates, connectTimeoutMs, maxHeaderBytes } = options;
  // Ours tell a silence before the answer from one within it.
  const limits = { maxHeaderSize: maxHeaderBytes, headersTimeout: 0, bodyTimeout: 0 };
  const connect = guardedConnector({ realm, resolve, certificates, timeoutMs: connectTimeoutMs });
  const direct = new Agent({ ...limits, connect: watchReading(watchPlace(connect, sightings), sightings) });
  const proxied = new Map<string, Dispatcher>();
  // A proxy's connections are made by undici; only here they can be looked at.
  const watchedPool = (origin: URL, pool: Pool.Options): Dispatcher =>
    new Pool(origin, {
      ...pool,
      ...(typeof pool.connect === "function" ? { connect: watchReading(pool.connect, sightings) } : {}),
    });
  const openProxy = (uri: string): Dispatcher =>
    new ProxyAgent({ ...limits, uri, requestTls: tlsSettings(certificates), factory: watchedPool });
  // A proxy cannot reach our loopback.
  const noProxy = realm === "loopback" ? `${proxies.noProxy},${THIS_MACHINE}` : proxies.noProxy;
  const connectionNow = (): Connection | null => sightings.reading.connection;
  return {
    routeTo: (url) => {
      const proxy = proxyFor(url, { ...proxies, noProxy });
      if (proxy === null) return { dispatcher: direct, isProxied: false, connectionNow };
      const dispatcher = proxied.get(proxy) ?? openProxy(proxy);
      proxied.set(proxy, dispatcher);
      return { dispatcher, isProxied: true, connectionNow };
    },
    close: async () => {
      await Promise.all([direct, ...proxied.values()].map((dispatcher) => dispatcher.destroy()));
    },
  };
}

/** Keeps in mind which origins are connected to on this machine. */
function watchPlace(
  connect: buildConnector.connector,
  { onThisMachine }: Sightings,
): buildConnector.connector {
  return watch(connect, (origin, socket) => {
    if (reachOf(socket.remoteAddress ?? "") === "loopback") onThisMachine.add(origin);
    else onThisMachine.delete(origin);
  });
}

/** Keeps in mind what is read. */
function watchReading(connect: buildConnector.connector, { reading }: Sightings): buildConnector.connector {
  return watch(connect, (_, socket) => watchConnection(socket, reading));
}

function watch(
  connect: buildConnector.connector,
  look: (origin: string, socket: Socket) => void,
): buildConnector.connector {
  return (target, callback) =>
    connect(target, (...[error, socket]) => {
      if (error !== null) return callback(error, null);
      look(new URL(`${target.protocol}//${target.host ?? target.hostname}`).origin, socket);
      return callback(null, socket);
    });
}
