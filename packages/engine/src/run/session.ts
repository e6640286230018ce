import { openStore, storeRoot, type Store } from "@imagegate/host";
import { Inspector } from "../inspect/inspector.ts";
import { boundConcurrency, openPool, type WorkerPool } from "../pool/pool.ts";
import { openProcessors, type Processors } from "./processors.ts";

/** What a run may choose; the environment is that of the process by default. */
export interface SessionOptions {
  /** Worker threads; at most what the machine runs at once, which is the default. */
  readonly concurrency?: number;
  /** The store's folder; from the environment by default. */
  readonly storeRoot?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Threads that are there already, whatever `concurrency` says; the session ends them. */
  readonly pool?: WorkerPool;
}

/** What all families of a run share: one pool of threads, one store, and what osbuild is asked once. */
export interface Session {
  readonly concurrency: number;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly store: Store;
  readonly pool: WorkerPool;
  readonly inspector: Inspector;
  readonly processors: Processors;
  /** Ends the threads, and closes the store. */
  close(): Promise<void>;
}

/** Opens a session; nothing is started or touched before the first task. */
export function openSession(options: SessionOptions = {}): Session {
  const env = options.env ?? process.env;
  const store = openStore({ root: options.storeRoot ?? storeRoot(env) });
  const pool = options.pool ?? openPool(boundConcurrency(options.concurrency));
  return {
    concurrency: pool.concurrency,
    env,
    store,
    pool,
    inspector: new Inspector(store, pool.concurrency),
    processors: openProcessors(),
    close: async () => {
      await pool.close();
      store.close();
    },
  };
}
