/** The answers in the order of the queries, two of which are under way at a time: more would only make an engine's other users wait. */
export async function inPairs<Q, T>(queries: readonly Q[], ask: (query: Q) => Promise<T>): Promise<T[]> {
  const answers = new Map<number, T>();
  let next = 0;
  const work = async (): Promise<void> => {
    for (let at = next++; at < queries.length; at = next++) answers.set(at, await ask(queries[at] as Q));
  };
  await Promise.all([work(), work()]);
  return queries.map((_, at) => answers.get(at) as T);
}
