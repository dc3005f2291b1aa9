import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ref } from 'vue';
import { useQueryClientStore } from '../../../../renderer/bridge/query-client';
import { useBridgeQuery, useRequest, type QueryOptions } from '../../../../renderer/bridge/use-query';
import { FakeBridge } from '../../../fixtures/fake-bridge/fake-bridge';
import { inSetup, settled } from '../../../fixtures/fake-bridge/in-setup';
import { stubPage } from '../../../fixtures/fake-bridge/page-globals';

interface Pending {
  args: string;
  answer(text: string): void;
  refuse(why: Error): void;
}

/** A query whose answers come when the test says so. */
function openQuery(options: QueryOptions<string> = {}) {
  const args = ref<string | null>('a');
  const subject = ref('fra-01');
  const pending: Pending[] = [];
  const { state, unmount } = inSetup(() => ({
    ...useBridgeQuery<string, string>({
      request: 'history.share',
      name: 'a test',
      subject: () => subject.value,
      args: () => args.value,
      fetch: (asked) =>
        new Promise((answer, refuse) => {
          pending.push({ args: asked, answer, refuse });
        }),
      ...options,
    }),
    cache: useQueryClientStore(),
  }));
  return { args, subject, pending, state, unmount };
}

describe('a query', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('never replaces a later answer by an earlier one', async () => {
    const { args, pending, state } = openQuery();
    await settled();
    args.value = 'b';
    await settled();
    expect(pending.map((one) => one.args)).toEqual(['a', 'b']);
    pending[1]?.answer('of b');
    await settled();
    pending[0]?.answer('of a');
    await settled();
    expect(state.data.value).toBe('of b');
    expect(state.answered.value).toBe(true);
  });

  it('shows the previous answer until the next one of the same subject, and none of another subject', async () => {
    const { args, subject, pending, state } = openQuery();
    pending[0]?.answer('of a');
    await settled();
    args.value = 'b';
    await settled();
    expect(state.data.value).toBe('of a');
    expect(state.answered.value).toBe(false);
    subject.value = 'ams-01';
    await settled();
    expect(state.data.value).toBeNull();
  });

  it('sends one request at a time if asked to, and skips what was wanted in between', async () => {
    const { args, subject, pending, state } = openQuery({ oneAtATime: true });
    await settled();
    for (const next of ['b', 'c', 'd']) {
      args.value = next;
      await settled();
    }
    expect(pending.map((one) => one.args)).toEqual(['a']);
    pending[0]?.answer('of a');
    await settled();
    expect(pending.map((one) => one.args)).toEqual(['a', 'd']);
    expect(state.data.value).toBe('of a');
    expect(state.answered.value).toBe(false);
    subject.value = 'ams-01';
    await settled();
    expect(pending).toHaveLength(3);
  });

  it('says why it failed until it succeeds, and keeps what it knew', async () => {
    const { pending, state } = openQuery();
    pending[0]?.answer('of a');
    await settled();
    void state.refetch();
    await settled();
    pending[1]?.refuse(new Error('It cannot be read.'));
    await settled();
    expect(state.failure.value).toMatchObject({ what: 'It cannot be read.', where: 'history.share' });
    expect(state.data.value).toBe('of a');
    void state.refetch();
    await settled();
    pending[2]?.answer('newer');
    await settled();
    expect(state.failure.value).toBeNull();
    expect(state.data.value).toBe('newer');
  });

  it('is read again at its interval after an answer, also after a failure, and not once unmounted', async () => {
    const { pending, unmount } = openQuery({ refreshMs: () => 5000 });
    await settled();
    await vi.advanceTimersByTimeAsync(6000);
    expect(pending).toHaveLength(1);
    pending[0]?.answer('of a');
    await vi.advanceTimersByTimeAsync(5000);
    expect(pending).toHaveLength(2);
    pending[1]?.refuse(new Error('It cannot be read.'));
    await vi.advanceTimersByTimeAsync(5000);
    expect(pending).toHaveLength(3);
    unmount();
    pending[2]?.answer('late');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(pending).toHaveLength(3);
  });

  it('decides after each answer whether it is read again', async () => {
    const { pending } = openQuery({ refreshMs: (latest) => (latest === 'over' ? false : 1000) });
    pending[0]?.answer('open');
    await vi.advanceTimersByTimeAsync(1000);
    expect(pending).toHaveLength(2);
    pending[1]?.answer('over');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(pending).toHaveLength(2);
  });

  it('is not sent where nothing is wanted', async () => {
    const { args, pending } = openQuery({ refreshMs: () => 1000 });
    pending[0]?.answer('of a');
    args.value = null;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(pending).toHaveLength(1);
  });

  it('leaves memory a minute after nobody shows it', async () => {
    const { pending, state, unmount } = openQuery();
    pending[0]?.answer('of a');
    await settled();
    unmount();
    expect(state.cache.client.getQueryCache().getAll()).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(state.cache.client.getQueryCache().getAll()).toHaveLength(0);
  });
});

describe('a request', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('is one answer for everyone who wants the same', async () => {
    const bridge = new FakeBridge('states', 0, () => 0);
    stubPage(bridge);
    const { state } = inSetup(() => [
      useRequest('app.about', () => undefined),
      useRequest('app.about', () => undefined),
    ]);
    await vi.waitFor(() => expect(state.map(({ data }) => data.value?.mode)).toEqual(['demo', 'demo']));
    expect(bridge.asked).toHaveLength(1);
  });

  it('is read again after what makes it stale', async () => {
    const bridge = new FakeBridge('states', 0, () => 0);
    stubPage(bridge);
    const { state } = inSetup(() => ({
      about: useRequest('app.about', () => undefined),
      cache: useQueryClientStore(),
    }));
    await vi.waitFor(() => expect(state.about.answered.value).toBe(true));
    state.cache.invalidateAfterFleetChange();
    await vi.waitFor(() => expect(bridge.asked).toHaveLength(2));
  });
});
