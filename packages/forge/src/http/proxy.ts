import { fail, ok, type Result } from "@imagegate/core";
import { EnvHttpProxyAgent, type Dispatcher } from "undici";
import type { SettingFailure } from "../failure.ts";
import type { Environment } from "../settings.ts";

/** The proxies of a run, by the names that undici has for them; an empty text is none. */
export interface Proxies {
  readonly httpProxy: string;
  readonly httpsProxy: string;
  /** Hosts that are spoken to directly, as `NO_PROXY` lists them. */
  readonly noProxy: string;
}

/** The proxies that the environment names (`HTTP_PROXY`, `HTTPS_PROXY`, `NO_PROXY`, lower case first). */
export function readProxies(env: Environment): Result<Proxies, SettingFailure> {
  const read = (name: string): string => env[name.toLowerCase()] || env[name] || "";
  for (const variable of ["HTTP_PROXY", "HTTPS_PROXY"]) {
    const isAddress = /^https?:$/.test(URL.canParse(read(variable)) ? new URL(read(variable)).protocol : "");
    // A proxy's address may hold a password.
    if (read(variable) !== "" && !isAddress) {
      const expected = "the http address of a proxy, or nothing";
      return fail({ reason: "forge-setting-invalid", variable, expected, found: "something else" });
    }
  }
  return ok({
    httpProxy: read("HTTP_PROXY"),
    httpsProxy: read("HTTPS_PROXY"),
    noProxy: read("NO_PROXY"),
  });
}

/** Connections that go through the proxies which the environment names. */
export function openDispatcher(env: Environment): Result<Dispatcher, SettingFailure> {
  const proxies = readProxies(env);
  // An empty text keeps undici from reading the environment of the process.
  return proxies.ok ? ok(new EnvHttpProxyAgent({ ...proxies.value })) : proxies;
}
