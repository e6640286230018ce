import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { Resolve } from "../../src/http/connector.ts";
import { verifyPins, type VerifyOptions } from "../../src/verify/verify.ts";
import { artifactBytes, pinOf } from "../fixtures/artifact.ts";
import { makeAuthority } from "../fixtures/certificates.ts";
import { after, hangUp, redirect, whole } from "../fixtures/conducts.ts";
import { DIRECT, testOptions, testPacing } from "../fixtures/options.ts";
import { startProxy } from "../fixtures/proxy.ts";
import { startServer, type LocalServer } from "../fixtures/server.ts";

const BYTES = artifactBytes(5_000);
const authority = makeAuthority("imagegate test authority");
const stranger = makeAuthority("an authority that nobody trusts");
let plain: LocalServer;
let secure: LocalServer;
let expired: LocalServer;
let misnamed: LocalServer;
let strange: LocalServer;

beforeAll(async () => {
  plain = await startServer({ artifact: whole(BYTES), rebinding: after(1, hangUp, whole(BYTES)) });
  const conducts = {
    artifact: whole(BYTES),
    "to-http": redirect(`http://127.0.0.1:${plain.port}/artifact`),
    "to-this-machine": (...[request, response]: Parameters<ReturnType<typeof redirect>>) =>
      redirect(`https://127.0.0.1:${secure.port}/artifact`)(request, response, 1),
  };
  secure = await startServer(conducts, authority.issue(["127.0.0.1", "artifacts.test"]));
  expired = await startServer(conducts, authority.issue(["127.0.0.1"], -1));
  misnamed = await startServer(conducts, authority.issue(["elsewhere.test"]));
  strange = await startServer(conducts, stranger.issue(["127.0.0.1"]));
});
afterAll(async () => {
  await Promise.all([plain, secure, expired, misnamed, strange].map((server) => server.stop()));
});

async function judge(url: string, overrides: Partial<VerifyOptions> = {}) {
  const { verdicts, isProxied } = await verifyPins(
    [pinOf(url, BYTES)],
    testOptions({ certificates: [authority.cert], ...overrides }),
  );
  return [verdicts[0]?.class, verdicts[0]?.cause, isProxied];
}

const secureUrl = (server: LocalServer, path = "artifact"): string =>
  `https://127.0.0.1:${server.port}/${path}`;
const resolveTo =
  (...addresses: readonly string[]): Resolve =>
  () =>
    Promise.resolve(addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })));

const named = (path: string): string => `http://artifacts.test:${plain.port}/${path}`;
const proxied = (path: string): string => `https://artifacts.test/${path}`;
const failWith = (code: string) =>
  vi.fn<Resolve>(() => Promise.reject(Object.assign(new Error(code), { code })));

describe("TLS", () => {
  test("a certificate of an authority that is trusted", async () => {
    expect(await judge(secureUrl(secure))).toEqual(["ok", null, false]);
  });
  test("one that has expired", async () => {
    expect(await judge(secureUrl(expired))).toEqual(["unreachable", "CERT_HAS_EXPIRED", false]);
  });
  test("one for another host", async () => {
    expect(await judge(secureUrl(misnamed))).toEqual(["unreachable", "ERR_TLS_CERT_ALTNAME_INVALID", false]);
  });
  test("one of an authority that nobody trusts, whatever the environment says", async () => {
    const found = ["unreachable", "UNABLE_TO_VERIFY_LEAF_SIGNATURE", false];
    expect(await judge(secureUrl(strange))).toEqual(found);
    vi.stubEnv("NODE_TLS_REJECT_UNAUTHORIZED", "0");
    expect(await judge(secureUrl(strange))).toEqual(found);
    vi.unstubAllEnvs();
  });
  test("a server that speaks no TLS", async () => {
    const [found, cause] = await judge(secureUrl(plain));
    expect([found, cause]).toEqual(["unreachable", expect.stringMatching(/^(ERR_SSL|EPROTO|ECONNRESET)/)]);
  });
  test("a redirect to http", async () => {
    expect(await judge(secureUrl(secure, "to-http"))).toEqual(["blocked", "redirect-to-http", false]);
    expect(plain.requests.get("/artifact")).toBeUndefined();
  });
});

describe("without the option for tests", () => {
  test.each([
    ["http", () => `http://127.0.0.1:${plain.port}/artifact`, "not-https"],
    ["this machine by its address", () => secureUrl(secure), "private-address"],
    ["this machine by its name", () => `https://localhost:${secure.port}/artifact`, "private-address"],
    ["a private address", () => "https://192.168.0.1/artifact", "private-address"],
    ["credentials", () => "https://user:secret@example.org/artifact", "credentials-in-url"],
  ])("%s is refused", async (_, url, cause) => {
    const before = secure.requests.get("/artifact")?.length;
    expect(await judge(url(), { allowLoopbackHttp: false })).toEqual(["blocked", cause, false]);
    expect(secure.requests.get("/artifact")?.length).toBe(before);
  });
});

describe("names", () => {
  test("a name that resolves to this machine, which the test allows", async () => {
    expect(await judge(named("artifact"), { resolve: resolveTo("127.0.0.1") })).toEqual(["ok", null, false]);
  });
  test.each([
    ["a private address", ["10.0.0.1"]],
    ["metadata", ["169.254.169.254"]],
    ["a private address after one that is allowed", ["127.0.0.1", "192.168.1.1"]],
    ["loopback of IPv6", ["::1"]],
    ["a mapped private address", ["::ffff:10.0.0.1"]],
    ["a public address, over http", ["1.1.1.1"]],
  ])("a name that resolves to %s is refused", async (_, addresses) => {
    const found = await judge(named("artifact"), { resolve: resolveTo(...addresses) });
    expect(found).toEqual(["blocked", "private-address", false]);
  });
  test("a name that resolves to something else the second time", async () => {
    const answers = [["127.0.0.1"], ["169.254.169.254"], ["127.0.0.1"]];
    let asked = 0;
    const resolve: Resolve = (name) => resolveTo(...(answers[asked++] ?? []))(name);
    expect(await judge(named("rebinding"), { resolve })).toEqual(["blocked", "private-address", false]);
    expect([asked, plain.requests.get("/rebinding")?.length]).toEqual([2, 1]);
  });
  test("a name that nobody has is asked for once, one that nobody can tell again", async () => {
    const unknown = failWith("ENOTFOUND");
    const untold = failWith("EAI_AGAIN");
    expect(await judge(named("artifact"), { resolve: unknown })).toEqual(["unreachable", "ENOTFOUND", false]);
    expect(await judge(named("artifact"), { resolve: untold })).toEqual(["unreachable", "EAI_AGAIN", false]);
    expect([unknown.mock.calls.length, untold.mock.calls.length]).toEqual([1, 4]);
  });
  test("a name without an address", async () => {
    expect(await judge(named("artifact"), { resolve: resolveTo() })).toEqual([
      "unreachable",
      "ENOTFOUND",
      false,
    ]);
  });
  test("nobody listens", async () => {
    const url = "http://127.0.0.1:1/artifact";
    expect(await judge(url)).toEqual(["unreachable", "ECONNREFUSED", false]);
  });
});

describe("a proxy", () => {
  test("is used, and resolves names in our place", async () => {
    const proxy = await startProxy(secure.port);
    const proxies = { ...DIRECT, httpsProxy: proxy.url };
    const resolve = resolveTo();
    expect(await judge(proxied("artifact"), { proxies, resolve })).toEqual(["ok", null, true]);
    expect(proxy.tunnels).toEqual(["artifacts.test:443"]);
    await proxy.stop();
  });
  test("gets no literal private address, also after a redirect from beyond it", async () => {
    const proxy = await startProxy(secure.port);
    const proxies = { ...DIRECT, httpsProxy: proxy.url };
    expect(await judge("https://10.0.0.1/artifact", { proxies })).toEqual([
      "blocked",
      "private-address",
      false,
    ]);
    expect(await judge(proxied("to-this-machine"), { proxies })).toEqual([
      "blocked",
      "redirect-to-private",
      true,
    ]);
    expect(proxy.tunnels).toEqual(["artifacts.test:443"]);
    await proxy.stop();
  });
  test("checks certificates all the same", async () => {
    const proxy = await startProxy(strange.port);
    const proxies = { ...DIRECT, httpsProxy: proxy.url };
    const [found, cause] = await judge(proxied("artifact"), { proxies });
    expect([found, cause]).toEqual(["unreachable", "UNABLE_TO_VERIFY_LEAF_SIGNATURE"]);
    await proxy.stop();
  });
  test("that refuses is asked again, and then the url is unreachable", async () => {
    const proxy = await startProxy({ status: 407 });
    const proxies = { ...DIRECT, httpsProxy: proxy.url };
    expect(await judge(proxied("artifact"), { proxies })).toEqual(["unreachable", "proxy-refused", true]);
    expect(proxy.tunnels.length).toBe(4);
    await proxy.stop();
  });
  test("is left out for the hosts of NO_PROXY", async () => {
    const proxy = await startProxy(secure.port);
    const proxies = { ...DIRECT, httpsProxy: proxy.url, noProxy: "artifacts.test" };
    expect(await judge(proxied("artifact"), { proxies, resolve: resolveTo("10.0.0.1") })).toEqual([
      "blocked",
      "private-address",
      false,
    ]);
    expect(proxy.tunnels).toEqual([]);
    await proxy.stop();
  });
});

test("waits are those that a server asks for, else twice as long each time", async () => {
  const pacing = testPacing();
  const server = await startServer({
    busy: (_, response, count) =>
      void response.writeHead(503, count === 2 ? { "retry-after": "7" } : {}).end(),
  });
  expect(await judge(`http://127.0.0.1:${server.port}/busy`, { pacing })).toEqual([
    "unreachable",
    "status-503",
    false,
  ]);
  expect(pacing.waits).toEqual([1000, 7000, 4000]);
  await server.stop();
});
