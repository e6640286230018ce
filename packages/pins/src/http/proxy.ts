import type { Proxies } from "@imagegate/forge";

/**
 * The proxy that leads to a url, null where its server is asked directly: that of its scheme (without one of its own
 * https takes that of http, as undici and forge do), unless `NO_PROXY` lists the host.
 */
export function proxyFor(url: URL, { httpProxy, httpsProxy, noProxy }: Proxies): string | null {
  const proxy = url.protocol === "https:" ? httpsProxy || httpProxy : httpProxy;
  return proxy === "" || isDirect(url, noProxy) ? null : proxy;
}

const DEFAULT_PORTS: Readonly<Record<string, string>> = { "http:": "80", "https:": "443" };

/** Whether a list has the host of a url, or a domain above it; an entry with a port is for that port only. */
function isDirect(url: URL, noProxy: string): boolean {
  const host = bareHost(url.hostname);
  const port = url.port || DEFAULT_PORTS[url.protocol];
  return noProxy.split(/[,\s]+/).some((entry) => {
    if (entry === "" || entry === "*") return entry === "*";
    const [, name = entry, ofPort] = /^(\[[^\]]*\]|[^:]*):(\d+)$/.exec(entry) ?? [];
    if (ofPort !== undefined && ofPort !== port) return false;
    const domain = bareHost(name.replace(/^\*?\./, ""));
    return domain !== "" && (host === domain || host.endsWith(`.${domain}`));
  });
}

/** A host in one spelling: without the brackets of IPv6, and without the dot that ends a whole name. */
function bareHost(text: string): string {
  return text
    .toLowerCase()
    .replace(/^\[(.*)\]$/, "$1")
    .replace(/\.$/, "");
}
