/** Runs `work` over all items, at most `limit` at once, and yields results as they come, one for every item. */
export async function* mapAsCompleted<T, R>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<R>,
): AsyncGenerator<R, void> {
  const waiting = [...items];
  const running = new Map<number, Promise<readonly [number, R]>>();
  for (let next = 0; waiting.length > 0 || running.size > 0;) {
    while (running.size < limit) {
      const item = waiting.shift();
      if (item === undefined) break;
      const key = next++;
      running.set(
        key,
        work(item).then((result) => [key, result] as const),
      );
    }
    const [key, result] = await Promise.race(running.values());
    running.delete(key);
    yield result;
  }
}
