import { afterAll, beforeAll, expect, test } from "vitest";
import { verifyPins } from "../../src/verify/verify.ts";
import { artifactBytes, pinOf } from "../fixtures/artifact.ts";
import { makeAuthority } from "../fixtures/certificates.ts";
import { redirect, whole } from "../fixtures/conducts.ts";
import { DIRECT, testOptions, testPacing } from "../fixtures/options.ts";
import { startProxy, type LocalProxy } from "../fixtures/proxy.ts";
import { startServer, type Conduct, type LocalServer } from "../fixtures/server.ts";

const BYTES = artifactBytes(5_000);
const authority = makeAuthority("imagegate test authority of proxies");
const tooLong: Conduct = (_, response) =>
  void response.writeHead(200, { "content-length": "10" }).end(artifactBytes(100, "other"));
let server: LocalServer;
let proxy: LocalProxy;

beforeAll(async () => {
  const identity = authority.issue(["127.0.0.1", "artifacts.test", "localhost"]);
  server = await startServer(
    { artifact: whole(BYTES), "too-long": tooLong, "to-direct": redirect("https://direct.test/artifact") },
    identity,
  );
  proxy = await startProxy(server.port);
});
afterAll(() => Promise.all([server.stop(), proxy.stop()]));

function verify(urls: readonly string[], allowLoopbackHttp = true) {
  return verifyPins(
    urls.map((url) => pinOf(url, BYTES)),
    testOptions({
      certificates: [authority.cert],
      allowLoopbackHttp,
      resolve: () => Promise.resolve([{ address: "10.0.0.1", family: 4 }]),
      proxies: { ...DIRECT, httpsProxy: proxy.url, noProxy: "direct.test" },
      pacing: testPacing({ timeoutMs: 10_000 }),
    }),
  );
}

test("each verdict says whether a proxy stood between", async () => {
  const direct = `https://127.0.0.1:${server.port}/artifact`;
  const { verdicts, isProxied } = await verify(["https://artifacts.test/artifact", direct]);
  expect(verdicts.map((verdict) => [verdict.class, verdict.evidence.isProxied])).toEqual([
    ["ok", true],
    ["ok", false],
  ]);
  expect(isProxied).toBe(true);
});

test("a url that a proxy was asked for stays one when it leads to where none is", async () => {
  const { verdicts } = await verify(["https://artifacts.test/to-direct"]);
  expect(verdicts).toMatchObject([
    { class: "blocked", evidence: { isProxied: true, finalUrl: "https://direct.test/artifact" } },
  ]);
});

test("a run says nothing of a proxy that it never used", async () => {
  const { verdicts, isProxied } = await verify([`https://127.0.0.1:${server.port}/artifact`]);
  expect([verdicts[0]?.class, isProxied]).toEqual(["ok", false]);
});

test.each(["localhost", "localhost.", "a.localhost"])("a proxy is not asked for %s", async (host) => {
  const before = proxy.tunnels.length;
  const { verdicts, isProxied } = await verify([`https://${host}/artifact`], false);
  expect([verdicts[0]?.class, verdicts[0]?.cause, isProxied]).toEqual(["blocked", "private-address", false]);
  expect(proxy.tunnels.length).toBe(before);
});

test("a length that is too short shows behind a proxy, too", async () => {
  const { verdicts } = await verify(["https://artifacts.test/too-long"]);
  expect([verdicts[0]?.class, verdicts[0]?.cause]).toEqual(["truncated", "length-overrun"]);
});
