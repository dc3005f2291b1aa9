import { afterEach, describe, expect, it, vi } from 'vitest';
import { useQueryClientStore } from '../../../../renderer/bridge/query-client';
import { useAction, useCommand } from '../../../../renderer/bridge/use-command';
import { FakeBridge } from '../../../fixtures/fake-bridge/fake-bridge';
import { inSetup, settled } from '../../../fixtures/fake-bridge/in-setup';
import { stubPage } from '../../../fixtures/fake-bridge/page-globals';

const refused = { what: 'The disk is full.', where: '/home/noc', todo: 'Choose another place.' };

describe('a command', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('says that it is under way and resolves to its result', async () => {
    const bridge = new FakeBridge('states', 0, () => 0);
    stubPage(bridge);
    const { state } = inSetup(() => useCommand('text.save'));
    const saved = state.run({ name: 'clusters', kind: 'csv', text: 'a,b' });
    await settled();
    expect(await saved).toBe('/home/noc/clusters.csv');
    await settled();
    expect(state.busy.value).toBe(false);
    expect(state.failure.value).toBeNull();
  });

  it('resolves to null when it failed, and says why until it runs again', async () => {
    const bridge = new FakeBridge('states', 0, () => 0);
    bridge.failures.set('text.save', refused);
    stubPage(bridge);
    const { state } = inSetup(() => useCommand('text.save'));
    const args = { name: 'clusters', kind: 'csv', text: '' } as const;
    expect(await state.run(args)).toBeNull();
    await settled();
    expect(state.failure.value).toEqual(refused);
    bridge.failures.clear();
    expect(await state.run(args)).not.toBeNull();
    await settled();
    expect(state.failure.value).toBeNull();
  });

  it('is busy while its work goes on, and leaves nothing behind that it was given', async () => {
    let finish: (() => void) | undefined;
    const { state, unmount } = inSetup(() => ({
      ...useAction('inventory.change', (_password: string) => new Promise<void>((done) => (finish = done))),
      client: useQueryClientStore().client,
    }));
    const running = state.run('correct horse');
    await settled();
    expect(state.busy.value).toBe(true);
    finish?.();
    await running;
    await settled();
    expect(state.busy.value).toBe(false);
    unmount();
    await vi.waitFor(() => expect(state.client.getMutationCache().getAll()).toHaveLength(0));
  });
});
