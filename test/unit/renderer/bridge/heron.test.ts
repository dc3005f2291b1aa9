import { afterEach, describe, expect, it, vi } from 'vitest';
import { failureOf, request, RequestError } from '../../../../renderer/bridge/heron';
import { FakeBridge } from '../../../fixtures/fake-bridge/fake-bridge';
import { stubPage } from '../../../fixtures/fake-bridge/page-globals';

const failure = {
  what: 'The file has 17 edges in one cluster.',
  where: 'clusters[0].edges',
  todo: 'Take one out.',
};

describe('requests', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('reject with what was wrong, where and what to do', async () => {
    const bridge = new FakeBridge('states', 0, () => 0);
    bridge.failures.set('inventory.choose', failure);
    stubPage(bridge);
    const refused = await request('inventory.choose', undefined).catch((thrown: unknown) => thrown);
    expect(refused).toBeInstanceOf(RequestError);
    expect((refused as RequestError).failure).toEqual(failure);
  });

  it('do not pass on an answer that is none', async () => {
    for (const text of ['{"version":7}', '{"version":', '']) {
      stubPage({ request: () => Promise.resolve(text), on: () => () => undefined });
      await expect(request('app.about', undefined), text).rejects.toThrow('could not be read');
    }
  });

  it('understand a failure however it crossed', () => {
    expect(failureOf(failure, 'x')).toEqual(failure);
    expect(failureOf(new Error(`Error invoking remote method: ${JSON.stringify(failure)}`), 'x')).toEqual(
      failure,
    );
    expect(failureOf(new Error('{broken'), 'history.events')).toMatchObject({
      what: '{broken',
      where: 'history.events',
    });
    expect(failureOf('lost', 'x').what).toBe('lost');
  });
});
