import { fail, ok, type Result } from "@imagegate/core";
import type { SettingFailure } from "../failure.ts";

const LOOPBACK = new Set(["127.0.0.1", "[::1]", "localhost"]);

/** The address of an API without a `/` at its end; only loopback may do without TLS, since a token goes there. */
export function parseBaseUrl(variable: string, text: string): Result<string, SettingFailure> {
  const url = URL.canParse(text) ? new URL(text) : null;
  const expected = "an https address without credentials, query or fragment";
  if (url === null || !isSafe(url)) {
    return fail({ reason: "forge-setting-invalid", variable, expected, found: describeAddress(url) });
  }
  return ok(`${url.origin}${url.pathname}`.replace(/\/+$/, ""));
}

function isSafe({ protocol, hostname, username, password, search, hash }: URL): boolean {
  const isGuarded = protocol === "https:" || (protocol === "http:" && LOOPBACK.has(hostname));
  return isGuarded && [username, password, search, hash].every((part) => part === "");
}

/** Credentials in an address are as secret as a token, and text that is no address may be one. */
function describeAddress(url: URL | null): string {
  const isWeb = url !== null && /^https?:$/.test(url.protocol);
  return isWeb ? `${url.origin}${url.pathname}` : "something else";
}

/** Whether an address that a service gave lies below the one that we were told to trust. */
export function isBelow(base: string, address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { origin, pathname, username, password } = new URL(address);
  const trusted = new URL(base);
  const folder = trusted.pathname.endsWith("/") ? trusted.pathname : `${trusted.pathname}/`;
  return origin === trusted.origin && pathname.startsWith(folder) && username === "" && password === "";
}
