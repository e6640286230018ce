import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openReleaseAssets } from "../../src/github/assets.ts";
import { runWith, TOKEN } from "../fixtures/run.ts";

const HEX = "ab".repeat(32);
const RELEASES: Readonly<Record<string, unknown>> = {
  "/repos/acme/images/releases/tags/v1": {
    assets: [
      asset("v1/disk.qcow2", { digest: `sha256:${HEX}`, size: 7 }),
      asset("v1/old.qcow2", { digest: null }),
      asset("v1/older.qcow2", {}),
      asset("v1/half.qcow2", { digest: `sha256:${HEX}`, state: "starter" }),
      asset("v1/other.qcow2", { digest: `sha512:${HEX}${HEX}` }),
    ],
  },
  "/repos/acme/images/releases/tags/nightly%2F2026": {
    assets: [asset("nightly/2026/disk.qcow2", { digest: `sha256:${HEX}` })],
  },
  "/repos/acme/images/releases/tags/odd": { assets: "none" },
};
const requests: { readonly path: string; readonly headers: IncomingHttpHeaders }[] = [];
let server: Server;
let apiUrl: string;

function asset(path: string, overrides: object) {
  const browser_download_url = `https://github.com/acme/images/releases/download/${path}`;
  return { browser_download_url, state: "uploaded", size: 1, ...overrides };
}

beforeEach(async () => {
  requests.length = 0;
  server = createServer(({ url = "", headers }, response) => {
    requests.push({ path: url, headers });
    const found = RELEASES[url];
    response
      .writeHead(found === undefined ? 404 : 200)
      .end(JSON.stringify(found ?? { message: "Not Found" }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

function open(env: Readonly<Record<string, string>> = {}) {
  const opened = openReleaseAssets(runWith({ GITHUB_API_URL: apiUrl, ...env }).options);
  if (!opened.ok) throw new Error(opened.failure.reason);
  return opened.value;
}

const download = (path: string): string => `https://github.com/acme/images/releases/download/${path}`;

describe("the digest of an asset", () => {
  it("is what GitHub says, by the address of the download", async () => {
    expect(await open().findDigest(download("v1/disk.qcow2"))).toEqual({
      ok: true,
      value: { sha256: HEX, sizeBytes: 7 },
    });
  });
  it("is found where the tag holds a slash", async () => {
    expect(await open().findDigest(download("nightly/2026/disk.qcow2"))).toMatchObject({
      value: { sha256: HEX },
    });
  });
  it.each([
    ["GitHub has none", download("v1/old.qcow2")],
    ["GitHub is too old to say", download("v1/older.qcow2")],
    ["it is not whole yet", download("v1/half.qcow2")],
    ["it is of another kind", download("v1/other.qcow2")],
    ["there is no such asset", download("v1/none.qcow2")],
    ["the address has a query", `${download("v1/disk.qcow2")}?x`],
    ["it is an archive of the source", "https://github.com/acme/images/archive/refs/tags/v1.tar.gz"],
    ["it lies elsewhere", "https://github.com.example.org/acme/images/releases/download/v1/disk.qcow2"],
  ])("is unknown where %s", async (_, url) => {
    expect(await open().findDigest(url)).toEqual({ ok: true, value: null });
  });
  it("is a failure where GitHub refuses or says something else", async () => {
    const assets = open();
    expect(await assets.findDigest(download("v2/disk.qcow2"))).toMatchObject({
      failure: { reason: "api-not-found" },
    });
    expect(await assets.findDigest(download("odd/disk.qcow2"))).toMatchObject({
      failure: { reason: "api-answer" },
    });
  });
});

describe("requests", () => {
  it("are one a release", async () => {
    const assets = open();
    await Promise.all(
      ["v1/disk.qcow2", "v1/old.qcow2", "v1/disk.qcow2"].map((path) => assets.findDigest(download(path))),
    );
    expect(requests.map(({ path }) => path)).toEqual(["/repos/acme/images/releases/tags/v1"]);
  });
  it("carry a token only when there is one", async () => {
    await open().findDigest(download("v1/disk.qcow2"));
    await open({ GITHUB_TOKEN: TOKEN }).findDigest(download("v1/disk.qcow2"));
    expect(requests.map(({ headers }) => headers.authorization)).toEqual([undefined, `Bearer ${TOKEN}`]);
  });
  it("go to no address but that of a GitHub that was named", () => {
    const refused = openReleaseAssets(runWith({ GITHUB_API_URL: "http://example.org" }).options);
    expect(refused).toMatchObject({ ok: false, failure: { reason: "forge-setting-invalid" } });
    const malformed = openReleaseAssets(runWith({ GITHUB_TOKEN: "a b" }).options);
    expect(malformed).toMatchObject({ ok: false, failure: { reason: "token-malformed" } });
  });
});
