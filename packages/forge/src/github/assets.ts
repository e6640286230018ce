import { fail, ok, type Result } from "@imagegate/core";
import { endpoint } from "@octokit/endpoint";
import * as z from "zod";
import type { ApiFailure, SettingFailure } from "../failure.ts";
import { callApi, type Api } from "../http/api.ts";
import { parseBaseUrl } from "../http/base-url.ts";
import { openApi, type ForgeOptions } from "../http/open.ts";
import { parseToken } from "../settings.ts";
import { API_HEADERS, githubRequest } from "./client.ts";
import { PUBLIC_API } from "./settings.ts";

/** What GitHub says of an asset of a release. */
export interface AssetDigest {
  readonly sha256: string;
  readonly sizeBytes: number;
}

/** The digests that GitHub has for the assets of releases; each release is asked for once. */
export interface ReleaseAssets {
  /** By the address at which the asset is downloaded; null for any other, and where GitHub has no digest. */
  findDigest(url: string): Promise<Result<AssetDigest | null, ApiFailure>>;
}

interface Release {
  readonly owner: string;
  readonly repo: string;
  readonly tag: string;
}

const PUBLIC_SERVER = "https://github.com";
const SHA256 = /^sha256:([0-9a-f]{64})$/;

const release = z.object({
  assets: z.array(
    z.object({
      browser_download_url: z.string(),
      state: z.string(),
      size: z.int().nonnegative(),
      digest: z.string().nullish(),
    }),
  ),
});

/**
 * Opens the releases of the GitHub that the environment names (`GITHUB_SERVER_URL`, `GITHUB_API_URL`), with
 * `GITHUB_TOKEN` when there is one; nothing is sent yet.
 */
export function openReleaseAssets(options: ForgeOptions): Result<ReleaseAssets, SettingFailure> {
  const { env } = options;
  const given = env["GITHUB_TOKEN"] || null;
  const token = given === null ? ok(null) : parseToken("GITHUB_TOKEN", given);
  if (!token.ok) return token;
  const apiUrl = parseBaseUrl("GITHUB_API_URL", env["GITHUB_API_URL"] || PUBLIC_API);
  if (!apiUrl.ok) return apiUrl;
  const server = parseBaseUrl("GITHUB_SERVER_URL", env["GITHUB_SERVER_URL"] || PUBLIC_SERVER);
  if (!server.ok) return server;
  const opened = openApi({ forge: "github", baseUrl: apiUrl.value, token: token.value }, options);
  if (!opened.ok) return opened;
  const authorization = token.value === null ? {} : { authorization: `Bearer ${token.value}` };
  const ask = oncePerRelease((of) => readAssets(opened.value, { ...API_HEADERS, ...authorization }, of));
  return ok({
    findDigest: async (url) => {
      const of = releaseOf(server.value, url);
      return of === null ? ok(null) : digestAmong(await ask(of), url);
    },
  });
}

type AssetList = Result<z.infer<typeof release>["assets"], ApiFailure>;

function readAssets(api: Api, headers: Readonly<Record<string, string>>, of: Release): Promise<AssetList> {
  const described = endpoint.defaults({ baseUrl: api.baseUrl, headers })(
    "GET /repos/{owner}/{repo}/releases/tags/{tag}",
    { ...of },
  );
  return callApi(api, githubRequest("read", described), release).then((found) =>
    found.ok ? ok(found.value.assets) : fail(found.failure),
  );
}

function oncePerRelease(ask: (of: Release) => Promise<AssetList>): (of: Release) => Promise<AssetList> {
  const asked = new Map<string, Promise<AssetList>>();
  return (of) => {
    const key = JSON.stringify(of);
    const found = asked.get(key) ?? ask(of);
    asked.set(key, found);
    return found;
  };
}

function digestAmong(listed: AssetList, url: string): Result<AssetDigest | null, ApiFailure> {
  if (!listed.ok) return listed;
  const asset = listed.value.find((each) => each.browser_download_url === url && each.state === "uploaded");
  const sha256 = SHA256.exec(asset?.digest ?? "")?.[1];
  return ok(asset === undefined || sha256 === undefined ? null : { sha256, sizeBytes: asset.size });
}

/** `SERVER/OWNER/REPO/releases/download/TAG/NAME`; a tag may hold slashes. */
function releaseOf(server: string, url: string): Release | null {
  if (!url.startsWith(`${server}/`)) return null;
  const path = /^([\w.-]+)\/([\w.-]+)\/releases\/download\/([^?#]+)\/[^/?#]+$/.exec(
    url.slice(server.length + 1),
  );
  if (path === null) return null;
  const [, owner = "", repo = "", encoded = ""] = path;
  try {
    return { owner, repo, tag: decodeURIComponent(encoded) };
  } catch {
    return null;
  }
}
