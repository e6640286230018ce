export { boundConcurrency, openPool, type PoolOptions, type WorkerPool } from "./pool/pool.ts";
