import { openSession, type Session } from "@imagegate/engine/session";
import { expectShortRun } from "@imagegate/host";
import type { Shell } from "../shell/shell.ts";

/** Runs with the session of a command, which is all that its process does. */
export async function withSession<T>(
  { concurrency }: { readonly concurrency?: number | undefined },
  { env }: Shell,
  run: (session: Session) => Promise<T>,
): Promise<T> {
  const wish = concurrency === undefined ? {} : { concurrency };
  const session = openSession({ env, onFirstTask: expectShortRun, ...wish });
  try {
    return await run(session);
  } finally {
    await session.close();
  }
}

/** The same with threads that start at once: they load their code while `run` loads what asks them. */
export function withThreads<T>(
  wish: { readonly concurrency: number | undefined },
  shell: Shell,
  run: (session: Session) => Promise<T>,
): Promise<T> {
  return withSession(wish, shell, (session) => {
    session.pool.start();
    return run(session);
  });
}
