/**
 * Works on items as they come, at most `limit` of them begun and not yet consumed; results keep the items' order.
 * `work` must not throw for an expected reason: whatever it throws ends the iteration.
 */
export async function* mapOrdered<Item, Value>(
  items: Iterable<Item> | AsyncIterable<Item>,
  limit: number,
  work: (item: Item) => Promise<Value>,
): AsyncGenerator<Value> {
  const begun: Promise<Value>[] = [];
  try {
    for await (const item of items) {
      const result = work(item);
      // A rejection that is consumed later must not count as unhandled before.
      result.catch(() => undefined);
      begun.push(result);
      if (begun.length >= limit) yield await (begun.shift() as Promise<Value>);
    }
    while (begun.length > 0) yield await (begun.shift() as Promise<Value>);
  } finally {
    await Promise.allSettled(begun);
  }
}
