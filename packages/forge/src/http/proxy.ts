import { fail, ok, type Result } from "@imagegate/core";
import { EnvHttpProxyAgent, type Dispatcher } from "undici";
import type { SettingFailure } from "../failure.ts";
import type { Environment } from "../settings.ts";

/** Connections that go through the proxies which the environment names (`HTTPS_PROXY`, `NO_PROXY`). */
export function openDispatcher(env: Environment): Result<Dispatcher, SettingFailure> {
  const read = (name: string): string => env[name.toLowerCase()] || env[name] || "";
  for (const variable of ["HTTP_PROXY", "HTTPS_PROXY"]) {
    const isAddress = /^https?:$/.test(URL.canParse(read(variable)) ? new URL(read(variable)).protocol : "");
    // A proxy's address may hold a password.
    if (read(variable) !== "" && !isAddress) {
      const expected = "the http address of a proxy, or nothing";
      return fail({ reason: "forge-setting-invalid", variable, expected, found: "something else" });
    }
  }
  // An empty text keeps undici from reading the environment of the process.
  return ok(
    new EnvHttpProxyAgent({
      httpProxy: read("HTTP_PROXY"),
      httpsProxy: read("HTTPS_PROXY"),
      noProxy: read("NO_PROXY"),
    }),
  );
}
