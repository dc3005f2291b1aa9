import { describe, expect, it } from 'vitest';
import { RequestRefused } from '../../../../domain/contract/request-refused';
import { currentHistoryOf } from '../../../../monitor/usecases/current-history';
import { FakeHistory } from '../../../fixtures/history/fake-history';

const clock = { nowMs: () => 1000 };
const snapshotOf = (atMs: number) => ({ atMs, clusters: [], monitor: {} as never });
const recorded = new FakeHistory();
const opened = new FakeHistory();

const closed = { opened: null, history: null, snapshot: () => Promise.reject(new RangeError('none')) };
const open = {
  opened: { file: '/cut.heron', lastMs: 90 } as never,
  history: opened,
  snapshot: () => Promise.resolve(snapshotOf(90)),
};
const session = {
  current: () =>
    Promise.resolve({
      mode: 'inventory',
      source: 'your own inventory',
      historyFile: '/h.sqlite',
      history: recorded,
      monitor: { snapshot: () => snapshotOf(1000) },
    } as never),
};
const nothing = {
  current: () => Promise.reject(new RequestRefused({ what: 'Nothing is monitored.', where: '', todo: '' })),
};

describe('the current history', () => {
  it('is the recorded one while no file is open', async () => {
    const current = await currentHistoryOf(closed, session, clock)();
    expect(current).toMatchObject({ mode: 'inventory', file: '/h.sqlite', source: 'your own inventory' });
    expect(current.history).toBe(recorded);
    expect(await current.snapshot()).toMatchObject({ atMs: 1000 });
    expect(current.nowMs()).toBe(1000);
    expect(current.prove).not.toBeNull();
  });

  it('is the file while one is open, also when nothing is monitored', async () => {
    const current = await currentHistoryOf(open, nothing, clock)();
    expect(current).toMatchObject({ mode: 'audit', file: '/cut.heron', source: '/cut.heron', prove: null });
    expect(current.history).toBe(opened);
    expect(await current.snapshot()).toMatchObject({ atMs: 90 });
    expect(current.nowMs()).toBe(90);
  });

  it('is refused when nothing is monitored and no file is open', async () => {
    await expect(currentHistoryOf(closed, nothing, clock)()).rejects.toThrow('Nothing is monitored.');
  });
});
