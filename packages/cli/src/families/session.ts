import { boundConcurrency, openPool, type WorkerPool } from "@imagegate/engine/pool";
import type { Session } from "@imagegate/engine/session";
import type { Shell } from "../shell/shell.ts";

/** How many threads somebody wants; the default is as many as the machine runs at once. */
interface ThreadsWish {
  readonly concurrency?: number | undefined;
}

/** Runs with the session of a command, which is all that its process does. */
export function withSession<T>(
  wish: ThreadsWish,
  shell: Shell,
  run: (session: Session) => Promise<T>,
): Promise<T> {
  return runWith(openCommandPool(wish), shell, run);
}

/** The same with threads that start at once: they take longer than anything that is loaded meanwhile. */
export function withThreads<T>(
  wish: ThreadsWish,
  shell: Shell,
  run: (session: Session) => Promise<T>,
): Promise<T> {
  const pool = openCommandPool(wish);
  pool.start();
  return runWith(pool, shell, run);
}

function openCommandPool({ concurrency }: ThreadsWish): WorkerPool {
  return openPool(boundConcurrency(concurrency), { livesShortly: true });
}

async function runWith<T>(
  pool: WorkerPool,
  { env }: Shell,
  run: (session: Session) => Promise<T>,
): Promise<T> {
  let session: Session | undefined;
  try {
    session = (await import("@imagegate/engine/session")).openSession({ env, pool });
    return await run(session);
  } finally {
    await (session ?? pool).close();
  }
}
