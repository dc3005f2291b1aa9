import { describe, expect, it } from 'vitest';
import { historyQueries } from '../../../../domain/contract/history-queries';
import type { CurrentHistory } from '../../../../monitor/usecases/current-history';
import { historyRequests } from '../../../../monitor/usecases/history-requests';
import { FakeHistory } from '../../../fixtures/history/fake-history';

/** A history that records which query was called, and with what. */
function recordingHistory() {
  const calls: [string, unknown][] = [];
  const history = new Proxy(new FakeHistory(), {
    get: (_target, name: string) => {
      // A history is no promise, although an async function that returns it asks.
      if (name === 'then') return undefined;
      return (args: unknown) => {
        calls.push([name, args]);
        return Promise.resolve(`result of ${name}`);
      };
    },
  });
  const current: CurrentHistory = {
    mode: 'audit',
    source: '/h.heron',
    file: '/h.heron',
    history,
    snapshot: () => ({ atMs: 5, clusters: [], monitor: {} as never }),
    nowMs: () => 5,
    prove: null,
  };
  return { calls, handlers: historyRequests(() => Promise.resolve(current)) };
}

describe('a history request', () => {
  it('calls the query of its name with its arguments', async () => {
    const { calls, handlers } = recordingHistory();
    const range = { fromMs: 10, toMs: 20 };
    expect(await handlers['history.gaps'](range)).toBe('result of gaps');
    expect(await handlers['history.lanes']({ ...range, subjectIds: ['a'] })).toBe('result of lanes');
    expect(await handlers['history.coverage']()).toBe('result of coverage');
    expect(calls).toEqual([
      ['gaps', range],
      ['lanes', { ...range, subjectIds: ['a'] }],
      ['coverage', undefined],
    ]);
  });

  it.each(Object.keys(historyQueries))('%s names a query that a history has', (name) => {
    expect(new FakeHistory()[name.slice('history.'.length) as 'gaps']).toBeTypeOf('function');
  });

  it.each([
    { fromMs: 20, toMs: 20 },
    { fromMs: 20, toMs: 10 },
  ])('with the empty range %j is refused before the history is read', async (range) => {
    const { calls, handlers } = recordingHistory();
    await expect(handlers['history.gaps'](range)).rejects.toMatchObject({
      failure: { what: 'The range ends before it begins.', where: 'history.gaps' },
    });
    expect(calls).toEqual([]);
  });
});
