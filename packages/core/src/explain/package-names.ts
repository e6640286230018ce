import type { Catalogue } from "./catalogue.ts";
import type { ExplainProfile } from "./profile.ts";

/** A package as the address of its file names it. */
export interface PackageName {
  readonly name: string;
  /** Null where the address does not say. */
  readonly version: string | null;
}

/** What a reference to a source is. */
export interface SourceName {
  readonly package: PackageName | null;
  /** The name of what looks like a package and is none. */
  readonly marker: string | null;
  /** A name in any case; for what has none, the start of its digest. */
  readonly text: string;
}

/** Reads the name of a package from the address of its file; null for what is no package. */
export function packageName(url: string, profile: ExplainProfile): PackageName | null {
  const stem = packageFile(url);
  return stem === null || profile.markers.test(stem) ? null : readFileName(stem, profile);
}

/** What a digest provides. */
export function sourceName(digest: string, sources: Catalogue, profile: ExplainProfile): SourceName {
  const url = sources.item(digest)?.url ?? null;
  const stem = url === null ? null : packageFile(url);
  if (stem === null) return { package: null, marker: null, text: url ?? shortDigest(digest) };
  const read = readFileName(stem, profile);
  return profile.markers.test(stem)
    ? { package: null, marker: read.name, text: read.name }
    : { package: read, marker: null, text: read.name };
}

const extension = ".rpm";

/** The file name of a package, without its extension; null for what is none. */
function packageFile(url: string): string | null {
  const path = url.split(/[?#]/, 1)[0] as string;
  const file = decode(path.slice(path.lastIndexOf("/") + 1));
  return file.endsWith(extension) ? file.slice(0, -extension.length) : null;
}

function readFileName(stem: string, profile: ExplainProfile): PackageName {
  for (const grammar of profile.packages) {
    const groups = grammar.exec(stem)?.groups;
    if (groups?.["name"] !== undefined) return { name: groups["name"], version: groups["version"] ?? null };
  }
  return { name: stem, version: null };
}

/** Enough of a digest to tell it from others. */
export function shortDigest(digest: string): string {
  return digest.replace(/^([a-z0-9]+:)?([0-9a-f]{12})[0-9a-f]+$/, "$1$2…");
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
