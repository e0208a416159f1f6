/** Of what Azure or a cluster does: more at the same time would have to wait there all the same. */
export const parallel = 8;

/** Does the work for every item, no more than `limit` at the same time; the results in the items' order. */
export async function atMost<T, R>(
  limit: number,
  items: readonly T[],
  work: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const results: R[] = [];
  const queue = items.entries();
  // All take from one iterator, so each item is taken once.
  const worker = async (): Promise<void> => {
    for (const [index, item] of queue) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  return results;
}
