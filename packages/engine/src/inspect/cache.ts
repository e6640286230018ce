import { sha256, type PipelineIds, type Sha256 } from "@imagegate/core";
import type { Store, StoreWriteFailure } from "@imagegate/host";
import { LRUCache } from "lru-cache";
import type { OsbuildConfig } from "./osbuild.ts";
import { isPipelineIds, parseJsonBytes } from "./stored-ids.ts";

/** A change of what an entry holds, or of what its key is made of, changes this. */
const CACHE_FORMAT = "imagegate-inspect-1";
const MAX_IN_MEMORY = 4_096;

/** What the answer of osbuild depends on. */
export interface InspectKey {
  /** Of the canonical manifest. */
  readonly manifest: Sha256;
  /** What `osbuild --version` printed. */
  readonly version: string;
  readonly config: OsbuildConfig;
}

/** The key of an inspection: sha256 over everything that its answer depends on. */
export function inspectKey({ manifest, version, config }: InspectKey): Sha256 {
  const { executable, args, extraKey } = config;
  return sha256(JSON.stringify([CACHE_FORMAT, manifest, version, [executable, ...args], extraKey]));
}

/** osbuild's answers, in memory before on disk; a class, for it counts and remembers. */
export class InspectCache {
  readonly #store: Store;
  readonly #memory = new LRUCache<Sha256, readonly PipelineIds[]>({ max: MAX_IN_MEMORY });
  #failedWrites = 0;
  #firstFailure: StoreWriteFailure | null = null;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Writes to the disk that failed, and the first of them. */
  get failures(): { readonly count: number; readonly first: StoreWriteFailure | null } {
    return { count: this.#failedWrites, first: this.#firstFailure };
  }

  /** A known answer; whatever is damaged is not one. Waits for the disk: handing a small read to others costs more. */
  get(key: Sha256): readonly PipelineIds[] | undefined {
    const remembered = this.#memory.get(key);
    if (remembered !== undefined) return remembered;
    const read = this.#store.readSync("inspect", key);
    if (read.status !== "hit") return undefined;
    const ids = parseJsonBytes(read.bytes);
    if (!isPipelineIds(ids)) return undefined;
    this.#memory.set(key, ids);
    return ids;
  }

  /** Keeps an answer; only successes are ever kept. */
  async set(key: Sha256, ids: readonly PipelineIds[]): Promise<void> {
    this.#memory.set(key, ids);
    const written = await this.#store.write("inspect", key, Buffer.from(JSON.stringify(ids)));
    if (written.ok) return;
    this.#failedWrites += 1;
    this.#firstFailure ??= written.failure;
  }
}
