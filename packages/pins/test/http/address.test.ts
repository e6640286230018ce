import fc from "fast-check";
import { expect, test } from "vitest";
import { reachOf } from "../../src/http/address.ts";

test.each([
  "1.1.1.1",
  "9.255.255.255",
  "11.0.0.0",
  "172.32.0.0",
  "223.255.255.255",
  "2606:4700::1111",
  "2001:200::1",
  "::ffff:1.1.1.1",
  "64:ff9b::101:101",
])("%s leads to the internet", (address) => expect(reachOf(address)).toBe("public"));

test("only 127.0.0.1 is this machine", () => expect(reachOf("127.0.0.1")).toBe("loopback"));

test.each([
  ["this network", "0.0.0.0"],
  ["private", "10.1.2.3"],
  ["private", "172.31.255.255"],
  ["private", "192.168.0.1"],
  ["carriers", "100.64.0.1"],
  ["other loopback", "127.0.0.2"],
  ["link local, metadata", "169.254.169.254"],
  ["metadata of a cloud", "168.63.129.16"],
  ["metadata of a cloud", "100.100.100.200"],
  ["benchmarks", "198.19.0.1"],
  ["documentation", "203.0.113.9"],
  ["multicast", "224.0.0.1"],
  ["reserved", "240.0.0.1"],
  ["broadcast", "255.255.255.255"],
  ["unspecified", "::"],
  ["loopback", "::1"],
  ["mapped loopback", "::ffff:127.0.0.1"],
  ["mapped metadata", "::ffff:a9fe:a9fe"],
  ["compatible", "::127.0.0.1"],
  ["translated private", "64:ff9b::10.0.0.1"],
  ["translated locally", "64:ff9b:1::1"],
  ["link local", "fe80::1"],
  ["link local with a zone", "fe80::1%eth0"],
  ["unique local, metadata", "fd00:ec2::254"],
  ["multicast", "ff02::1"],
  ["6to4", "2002:a00:1::"],
  ["Teredo", "2001:0:1::"],
  ["documentation", "2001:db8::1"],
  ["documentation", "3fff::1"],
  ["no address", "localhost"],
  ["no address", ""],
])("%s: %s is refused", (_, address) => expect(reachOf(address)).toBe("private"));

test("an address inside of another leads where it leads, and never to this machine", () => {
  fc.assert(
    fc.property(fc.ipV4(), (address) => {
      const expected = reachOf(address) === "public" ? "public" : "private";
      expect([reachOf(`::ffff:${address}`), reachOf(`64:ff9b::${address}`)]).toEqual([expected, expected]);
    }),
  );
});
