import { Buffer } from "node:buffer";
import { sha256 } from "@imagegate/core";
import type { Checksum, CurlSource, InlineSource, Sources } from "./manifest.ts";
import type { ResolvedPackage } from "./packages/resolver.ts";

/** The checksum of a text that stands in the manifest. */
export function inlineChecksum(content: string): Checksum {
  return `sha256:${sha256(content)}`;
}

/** The sources of a manifest, sorted by checksum; the same file, used twice, is listed once. */
export function collectSources(packages: readonly ResolvedPackage[], contents: readonly string[]): Sources {
  const curl = byChecksum(packages.map(({ checksum, url }) => [checksum, { url }]));
  const inline = byChecksum<InlineSource["items"][Checksum]>(
    contents.map((content) => [
      inlineChecksum(content),
      { encoding: "base64", data: Buffer.from(content, "utf8").toString("base64") },
    ]),
  );
  return {
    ...(packages.length > 0 && { "org.osbuild.curl": { items: curl } satisfies CurlSource }),
    ...(contents.length > 0 && { "org.osbuild.inline": { items: inline } }),
  };
}

/** Of two places of one file the first wins: one is enough to download it. */
function byChecksum<T>(items: readonly (readonly [Checksum, T])[]): Readonly<Record<Checksum, T>> {
  const places = new Map<Checksum, T>();
  for (const [checksum, place] of items) if (!places.has(checksum)) places.set(checksum, place);
  return Object.fromEntries([...places].toSorted(([left], [right]) => (left < right ? -1 : 1)));
}
