import { beforeEach, describe, expect, it } from 'vitest';
import { OwnGateway } from '../../../../monitor/probe/own-gateway';
import { FakeClock } from '../../../fixtures/clock/fake-clock';
import { FakeNetwork } from '../../../fixtures/network/fake-network';
import { FakePathProbe, type FakePresence } from '../../../fixtures/probe/fake-path-probe';

const second = 1_000;
const router = { address: '10.9.0.1', interfaceName: 'eth0', nobody: '10.9.0.0' };

describe('this computer’s gateway', () => {
  let clock: FakeClock;
  let network: FakeNetwork;
  let isBlind: boolean;

  beforeEach(() => {
    clock = new FakeClock();
    network = new FakeNetwork();
    network.gateway = router;
    isBlind = false;
  });
  function watched(moments: readonly FakePresence[]): { gateway: OwnGateway; probe: FakePathProbe } {
    const probe = new FakePathProbe(clock);
    probe.script(router.address, moments);
    return { gateway: new OwnGateway({ network, probe, clock, isBlind: () => isBlind }), probe };
  }

  it('answers, is asked seldom while edges answer, and is silent after two tests without an answer', async () => {
    const { gateway, probe } = watched([
      { fromMs: 0, is: 'refusing' },
      { fromMs: 120 * second, is: 'silent' },
    ]);
    await clock.pass(119 * second);
    expect(gateway.status).toMatchObject({ address: router.address, state: 'answers' });
    expect(probe.probes.length).toBeLessThanOrEqual(5);
    const lastAnswerMs = gateway.status?.lastAnswerMs;
    isBlind = true;
    await clock.pass(6 * second);
    expect(gateway.status?.state).toBe('answers');
    await clock.pass(6 * second);
    expect(gateway.status).toMatchObject({ state: 'silent' });
    expect(gateway.status?.lastAnswerMs).toBeGreaterThanOrEqual(lastAnswerMs ?? Infinity);
    gateway.stop();
  });

  it('says nothing if it has never answered, as routers that drop the test', async () => {
    const { gateway } = watched([]);
    isBlind = true;
    await clock.pass(60 * second);
    expect(gateway.status).toMatchObject({ state: 'untested', lastAnswerMs: null });
    gateway.stop();
  });

  it('is gone when the system has no default route any more, and back with another one', async () => {
    const { gateway, probe } = watched([{ fromMs: 0, is: 'answering' }]);
    await clock.pass(second);
    network.gateway = null;
    isBlind = true;
    await clock.pass(40 * second);
    expect(gateway.status).toMatchObject({ address: router.address, state: 'gone' });
    network.gateway = { ...router, address: '10.9.0.2' };
    probe.script('10.9.0.2', [{ fromMs: 0, is: 'answering' }]);
    await clock.pass(40 * second);
    expect(gateway.status).toMatchObject({ address: '10.9.0.2', state: 'answers' });
    gateway.stop();
  });

  it('is nothing to know where there is no default route', async () => {
    network.gateway = null;
    const { gateway, probe } = watched([]);
    await clock.pass(60 * second);
    expect(gateway.status).toBeNull();
    expect(probe.probes).toEqual([]);
    gateway.stop();
  });
});
