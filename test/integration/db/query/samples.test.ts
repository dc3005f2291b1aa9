import { expect, it } from 'vitest';
import { InventoryVersions } from '../../../../db/query/read-inventory';
import { sampleQueries } from '../../../../db/query/read-samples';
import type { SampleBlock, SamplePage } from '../../../../domain/model/history';
import { SealedHistory } from '../../../fixtures/history/compacted-history';
import { aSample, noonMs } from '../../../fixtures/history/history-entries';
import { sampleBlocks } from '../../../fixtures/history/fake-past';

const hourMs = 3_600_000;
const edges = ['fra-01', 'fra-02', 'ams-01'];
type Range = { fromMs: number; toMs: number; edgeIds: string[] | null };

/** 30 hours of samples every 5 minutes, the last two not compacted; some not answered, some without a value. */
function thirtyHours(): { history: SealedHistory; samples: ReturnType<typeof aSample>[] } {
  const history = new SealedHistory(noonMs);
  const samples = Array.from({ length: 30 * 12 }, (_, step) => noonMs + step * 300_000).flatMap(
    (atMs, step) =>
      edges.map((edgeId, at) =>
        step % 7 === at
          ? aSample(edgeId, atMs + at, {
              ...Object.fromEntries(
                Object.keys(aSample('x', 0))
                  .slice(3)
                  .map((name) => [name, null]),
              ),
              answered: false,
            })
          : aSample(edgeId, atMs + at, {
              sessions: step % 5 === 0 ? null : 100 + step,
              proxyInBitsPerSecond: 500,
              proxyOutBitsPerSecond: 900,
            }),
      ),
  );
  history.write(samples);
  history.seal(noonMs + 29 * hourMs);
  expect(history.count('SELECT count(*) FROM chunks')).toBeGreaterThan(48);
  expect(history.count('SELECT count(*) FROM samples')).toBeGreaterThan(0);
  return { history, samples };
}

function everyPage({ db }: SealedHistory, range: Range): SampleBlock[] {
  const file = { db, inventories: new InventoryVersions(db) };
  const blocks: SampleBlock[] = [];
  for (let after: SamplePage['next'] | undefined = null; after !== undefined;) {
    const page: SamplePage = sampleQueries.samples.run(file, { ...range, after });
    blocks.push(...page.blocks);
    after = page.next ?? undefined;
  }
  return blocks;
}

function rowsOf(blocks: readonly SampleBlock[]): string[] {
  return blocks
    .flatMap(({ edgeId, timesMs, answered, values }) =>
      [...timesMs].map((timeMs, row) =>
        JSON.stringify([
          edgeId,
          timeMs,
          answered[row],
          ...Object.values(values).map((column) => column[row]),
        ]),
      ),
    )
    .sort();
}

it.each<[string, Range]>([
  ['all edges over all time', { fromMs: 0, toMs: noonMs + 1000 * hourMs, edgeIds: null }],
  ['one edge', { fromMs: 0, toMs: noonMs + 1000 * hourMs, edgeIds: ['fra-02'] }],
  [
    'a range that cuts hours at both ends',
    { fromMs: noonMs + 600_001, toMs: noonMs + 29 * hourMs + 1, edgeIds: null },
  ],
  [
    'the rows that are not compacted',
    { fromMs: noonMs + 29 * hourMs, toMs: noonMs + 31 * hourMs, edgeIds: null },
  ],
  ['a range without any', { fromMs: 0, toMs: noonMs, edgeIds: null }],
])('reads every sample of %s once', (_words, range) => {
  const { history, samples } = thirtyHours();
  const expected = rowsOf(sampleBlocks(samples, range));
  expect(rowsOf(everyPage(history, range))).toEqual(expected);
});

it('orders samples by hour, edge and time', () => {
  const { history } = thirtyHours();
  const blocks = everyPage(history, { fromMs: 0, toMs: noonMs + 1000 * hourMs, edgeIds: null });
  const hours = blocks.map(({ timesMs }) => Math.floor((timesMs[0] ?? 0) / hourMs));
  expect(hours).toEqual([...hours].sort((a, b) => a - b));
  for (const { timesMs } of blocks) expect([...timesMs]).toEqual([...timesMs].sort((a, b) => a - b));
});
