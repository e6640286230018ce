import { describe, expect, test } from "vitest";
import { proxyFor } from "../../src/http/proxy.ts";

const HTTP = "http://plain.proxy:1";
const HTTPS = "http://secure.proxy:2";
const both = { httpProxy: HTTP, httpsProxy: HTTPS, noProxy: "" };

test.each([
  ["https has its own", "https://example.org/", both, HTTPS],
  ["http has its own", "http://example.org/", both, HTTP],
  ["https takes that of http", "https://example.org/", { ...both, httpsProxy: "" }, HTTP],
  ["http takes no other", "http://example.org/", { ...both, httpProxy: "" }, null],
  ["none is named", "https://example.org/", { ...both, httpProxy: "", httpsProxy: "" }, null],
])("%s", (_, url, proxies, proxy) => expect(proxyFor(new URL(url), proxies)).toBe(proxy));

describe("NO_PROXY", () => {
  test.each([
    ["example.org", "https://example.org/"],
    ["EXAMPLE.org.", "https://example.ORG/"],
    ["example.org", "https://example.org./"],
    ["example.org", "https://a.b.example.org/"],
    [".example.org", "https://example.org/"],
    ["*.example.org", "https://a.example.org/"],
    ["one.test, example.org", "https://example.org/"],
    ["one.test example.org", "https://example.org/"],
    ["example.org:443", "https://example.org/"],
    ["example.org:443", "https://example.org:443/"],
    ["example.org:8443", "https://example.org:8443/"],
    ["10.0.0.1", "https://10.0.0.1/"],
    ["[2606:4700::1]:443", "https://[2606:4700::1]/"],
    ["2606:4700::1", "https://[2606:4700::1]/"],
    ["*", "https://example.org/"],
    ["one.test,*", "https://example.org/"],
  ])("%s leaves the proxy out for %s", (noProxy, url) => {
    expect(proxyFor(new URL(url), { ...both, noProxy })).toBeNull();
  });

  test.each([
    ["", "https://example.org/"],
    ["ample.org", "https://example.org/"],
    ["example.org", "https://example.org.evil.test/"],
    ["example.org:8443", "https://example.org/"],
    ["example.org:80", "https://example.org/"],
    [".", "https://example.org/"],
    ["a.example.org", "https://example.org/"],
  ])("%j leaves it in for %s", (noProxy, url) => {
    expect(proxyFor(new URL(url), { ...both, noProxy })).toBe(HTTPS);
  });
});
