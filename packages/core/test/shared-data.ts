import { existsSync, readFileSync } from "node:fs";

/** Large data of the field (real manifests with the ids that osbuild printed) that is no part of this repository. */
const SHARED_DATA = new URL("../../../../shared/data/", import.meta.url);

/** A folder of the data beside the repository, or undefined, said loudly, when a checkout stands alone. */
export function sharedData(folder: string): URL | undefined {
  const url = new URL(`${folder}/`, SHARED_DATA);
  if (existsSync(url)) return url;
  console.warn(`NOT RUN: ../shared/data/${folder} does not stand beside the repository`);
  return undefined;
}

/** A manifest with the ids that osbuild printed for it. */
export interface ExpectedIds {
  readonly text: Buffer;
  readonly name: string;
  readonly pipelines: readonly {
    readonly name: string;
    readonly id: string | null;
    readonly stages: readonly string[];
  }[];
}

/** The manifests of `data/osbuild`, read one by one. */
export function* osbuildManifests(folder: URL): Generator<ExpectedIds> {
  const { files } = JSON.parse(readFileSync(new URL("expected-ids.json", folder), "utf8")) as {
    files: Record<string, ExpectedIds["pipelines"]>;
  };
  for (const [name, pipelines] of Object.entries(files)) {
    yield { name, pipelines, text: readFileSync(new URL(name, folder)) };
  }
}
