import { BlockList, isIP } from "node:net";

/** What an IP address leads to: the internet, 127.0.0.1, or something that no public name may lead into. */
export type Reach = "public" | "loopback" | "private";

/** IANA's special-purpose registry (RFC 6890) and addresses at which clouds serve credentials. */
const PRIVATE_IPV4 = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "168.63.129.16/32",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "192.88.99.0/24",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/4",
  "240.0.0.0/4",
];
/** What the global unicast range holds besides hosts: tunnels that embed other addresses, benchmarks, documentation. */
const PRIVATE_IPV6 = ["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"];

const refused = listOf(PRIVATE_IPV4, PRIVATE_IPV6);
const globalUnicast = listOf([], ["2000::/3"]);
const translated = listOf([], ["64:ff9b::/96"]);
const mapped = listOf([], ["::ffff:0:0/96"]);

/** Where an address leads; a text that is none leads into the private. */
export function reachOf(address: string): Reach {
  const family = isIP(address);
  if (family === 4) return reachOfIPv4(address);
  return family === 6 ? reachOfIPv6(address) : "private";
}

function reachOfIPv4(address: string): Reach {
  if (address === "127.0.0.1") return "loopback";
  return refused.check(address, "ipv4") ? "private" : "public";
}

/** Of IPv6 only what is public is listed, so that a range nobody thought of is refused. */
function reachOfIPv6(address: string): Reach {
  const embedded = embeddedIPv4(address);
  if (embedded !== null) return reachOfIPv4(embedded) === "public" ? "public" : "private";
  const isPublic = globalUnicast.check(address, "ipv6") && !refused.check(address, "ipv6");
  return isPublic ? "public" : "private";
}

/** The IPv4 address inside of a mapped (RFC 4291 §2.5.5.2) or a translated one (RFC 6052). */
function embeddedIPv4(address: string): string | null {
  if (!mapped.check(address, "ipv6") && !translated.check(address, "ipv6")) return null;
  // A zone (`%eth0`) is no part of an address that a URL can hold.
  const canonical = new URL(`http://[${address.replace(/%.*$/, "")}]/`).hostname.slice(1, -1);
  const [high = "0", low = "0"] = canonical.split(":").slice(-2);
  const bits = (Number.parseInt(high || "0", 16) << 16) | Number.parseInt(low || "0", 16);
  return [24, 16, 8, 0].map((shift) => (bits >>> shift) & 0xff).join(".");
}

function listOf(ipv4: readonly string[], ipv6: readonly string[]): BlockList {
  const list = new BlockList();
  const add = (range: string, family: "ipv4" | "ipv6"): void => {
    const [network = "", prefix = ""] = range.split("/");
    list.addSubnet(network, Number(prefix), family);
  };
  for (const range of ipv4) add(range, "ipv4");
  for (const range of ipv6) add(range, "ipv6");
  return list;
}
