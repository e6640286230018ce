import { createServer, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { connect } from "node:net";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openGitHubThread } from "../../src/comments/threads.ts";
import { openDispatcher } from "../../src/http/proxy.ts";
import { startForgeServer, type ForgeServer } from "../fixtures/forge-server.ts";
import { githubRun } from "../fixtures/run.ts";

let server: ForgeServer;
let proxy: Server;
let tunnels: string[];

beforeEach(async () => {
  server = await startForgeServer();
  tunnels = [];
  proxy = createServer();
  proxy.on("connect", (request, client: Socket) => {
    tunnels.push(String(request.url));
    const [host = "", port = ""] = String(request.url).split(":");
    const upstream = connect(Number(port), host, () => {
      client.write("HTTP/1.1 200 OK\r\n\r\n");
      upstream.pipe(client).pipe(upstream);
    });
    for (const socket of [client, upstream]) socket.on("error", () => undefined);
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
});
afterEach(async () => {
  await server.stop();
  proxy.closeAllConnections();
  await new Promise((resolve) => proxy.close(resolve));
});

async function author(env: Readonly<Record<string, string>>) {
  const thread = await openGitHubThread(githubRun(server, env).options, 5);
  return thread.ok ? thread.value.author() : thread;
}

const proxyUrl = (): string => `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;

it("requests go through the proxy of the environment", async () => {
  expect(await author({ HTTP_PROXY: proxyUrl() })).toMatchObject({ ok: true });
  expect(tunnels).toEqual([new URL(server.url).host]);
});

it("requests to hosts that the environment excepts do not", async () => {
  expect(await author({ http_proxy: proxyUrl(), NO_PROXY: "127.0.0.1" })).toMatchObject({ ok: true });
  expect(tunnels).toEqual([]);
});

it("an address that is none is refused without being quoted", () => {
  expect(openDispatcher({ HTTPS_PROXY: "me:secret@nowhere" })).toMatchObject({
    ok: false,
    failure: { reason: "forge-setting-invalid", variable: "HTTPS_PROXY", found: "something else" },
  });
});
