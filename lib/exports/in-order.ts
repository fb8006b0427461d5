/**
 * Works on several at once and gives the results in order. No more than `ahead` are begun before they are wanted, so a slow
 * reader holds everything back.
 */
export async function* inOrder<T, R>(
  source: AsyncIterable<T>,
  ahead: number,
  work: (each: T) => Promise<R>,
): AsyncGenerator<R> {
  const begun: Promise<R>[] = [];
  try {
    for await (const each of source) {
      const result = work(each);
      // Looked at when its turn comes; until then a failure is nobody's yet.
      result.catch(() => undefined);
      begun.push(result);
      const first = begun.length >= ahead ? begun.shift() : undefined;
      if (first) yield await first;
    }
    while (begun.length > 0) {
      const first = begun.shift();
      if (first) yield await first;
    }
  } finally {
    await Promise.allSettled(begun);
  }
}
