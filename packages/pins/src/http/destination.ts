import { isIP } from "node:net";
import { reachOf } from "./address.ts";

/** Where requests may go: over https to the internet, or (for tests) to 127.0.0.1 as well, over http too. */
export type Realm = "internet" | "loopback";

/** Why a url is not asked, in the words of a verdict's cause. */
export type Refusal =
  | "not-a-url"
  | "not-https"
  | "credentials-in-url"
  | "private-address"
  | "redirect-to-http"
  | "redirect-to-private";

/** Judges what a url shows by itself; a name's addresses are judged when they are connected to. */
export function refuseUrl(url: URL, realm: Realm): Refusal | null {
  if (url.protocol !== "https:" && !(url.protocol === "http:" && realm === "loopback")) return "not-https";
  if (url.username !== "" || url.password !== "") return "credentials-in-url";
  return mayName(url.hostname, realm) ? null : "private-address";
}

/** Whether a host may be asked, as far as its text tells: an address, or a name that stands for this machine (RFC 6761 §6.3). */
function mayName(hostname: string, realm: Realm): boolean {
  const literal = literalAddress(hostname);
  if (literal !== null) return mayReach(literal, realm);
  return realm === "loopback" || !/(?:^|\.)localhost\.?$/i.test(hostname);
}

/** Judges where a redirect leads; what was asked over https is never asked over http. */
export function refuseRedirect(from: URL, to: URL, realm: Realm): Refusal | null {
  if (from.protocol === "https:" && to.protocol === "http:") return "redirect-to-http";
  const refusal = refuseUrl(to, realm);
  return refusal === "private-address" ? "redirect-to-private" : refusal;
}

/** Whether an address may be connected to. */
export function mayReach(address: string, realm: Realm): boolean {
  const reach = reachOf(address);
  return reach === "public" || (reach === "loopback" && realm === "loopback");
}

/** The address that a host of a url is, null for a name. */
export function literalAddress(hostname: string): string | null {
  const bare = hostname.replace(/^\[(.*)\]$/, "$1");
  return isIP(bare) === 0 ? null : bare;
}
