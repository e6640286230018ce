import { lookup } from "node:dns/promises";
import type { LookupFunction } from "node:net";
import { rootCertificates } from "node:tls";
import { buildConnector } from "undici";
import { reachOf } from "./address.ts";
import { literalAddress, mayReach, type Realm } from "./destination.ts";

/** An address that a name resolves to. */
export interface ResolvedAddress {
  readonly address: string;
  readonly family: 4 | 6;
}

/** Finds the addresses of a name; rejects with the system's error. */
export type Resolve = (hostname: string) => Promise<readonly ResolvedAddress[]>;

/** What connections are made with. */
export interface ConnectorOptions {
  readonly realm: Realm;
  readonly resolve: Resolve;
  /** Authorities (PEM) that are trusted besides those that Node brings; none leaves the choice to Node. */
  readonly certificates: readonly string[];
  readonly timeoutMs: number;
}

/** The addresses as the system knows them. */
export const resolveBySystem: Resolve = async (hostname) => {
  const found = await lookup(hostname, { all: true, verbatim: true });
  return found.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }));
};

/**
 * A connector that checks the very addresses it connects to, so that a name which resolves anew cannot lead elsewhere.
 * One refused address among several refuses the name.
 */
export function guardedConnector(options: ConnectorOptions): buildConnector.connector {
  const secure = connectorWith(options, (address) => mayReach(address, options.realm));
  const plain = connectorWith(options, (address) => reachOf(address) === "loopback");
  return (target, callback) => {
    const literal = literalAddress(target.hostname);
    // Node asks no lookup for a literal.
    if (literal !== null && !mayReach(literal, options.realm)) return callback(new RefusedAddress(), null);
    return (target.protocol === "https:" ? secure : plain)(target, callback);
  };
}

/** TLS settings that stand whatever the environment says (`NODE_TLS_REJECT_UNAUTHORIZED`). */
export function tlsSettings(certificates: readonly string[]) {
  const trusted = certificates.length === 0 ? {} : { ca: [...rootCertificates, ...certificates] };
  return { rejectUnauthorized: true, ...trusted };
}

function connectorWith(
  { resolve, certificates, timeoutMs }: ConnectorOptions,
  isAllowed: (address: string) => boolean,
): buildConnector.connector {
  const lookup = guardedLookup(resolve, isAllowed);
  return buildConnector({ ...tlsSettings(certificates), lookup, timeout: timeoutMs });
}

function guardedLookup(resolve: Resolve, isAllowed: (address: string) => boolean): LookupFunction {
  return (hostname, { all = false }, callback) => {
    resolve(hostname).then(
      (addresses) => {
        const [first] = addresses;
        if (first === undefined) return callback(new NameWithoutAddress(), []);
        if (!addresses.every(({ address }) => isAllowed(address))) return callback(new RefusedAddress(), []);
        return all ? callback(null, [...addresses]) : callback(null, first.address, first.family);
      },
      (error: NodeJS.ErrnoException) => callback(error, []),
    );
  };
}

/** A connection that our own policy keeps from being made. */
class RefusedAddress extends Error {
  readonly code = "private-address";
}

class NameWithoutAddress extends Error {
  readonly code = "ENOTFOUND";
}
