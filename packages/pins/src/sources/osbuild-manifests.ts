import { readManifestSources } from "../osbuild/manifest.ts";
import { readFileDocument } from "./file.ts";
import { failedReading, type Reading, type ReadingContext } from "./source.ts";

/** The pins of one osbuild manifest. */
export async function readManifest(
  path: string,
  unverified: readonly string[],
  { root }: ReadingContext,
): Promise<Reading> {
  const document = await readFileDocument(path, "json", root);
  if (!document.ok) return failedReading(document.failure);
  const reading = readManifestSources(document.value, unverified);
  return { ...reading, documents: [document.value.path] };
}
