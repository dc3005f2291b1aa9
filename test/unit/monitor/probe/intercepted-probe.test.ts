import { describe, expect, it } from 'vitest';
import { InterceptedProbe } from '../../../../monitor/probe/intercepted-probe';
import type { ProbeAnswer, ProbedService } from '../../../../monitor/probe/path-probe';
import { FakeClock } from '../../../fixtures/clock/fake-clock';
import { FakePathProbe, type FakePresence } from '../../../fixtures/probe/fake-path-probe';

const service: ProbedService = {
  kind: 'tcp',
  address: '10.0.0.10',
  port: 443,
  path: '/',
  nobody: '10.0.0.0',
};
const gateway = { address: '10.0.0.1', nobody: '10.0.0.0' };

function scene(nobody: FakePresence[]) {
  const clock = new FakeClock();
  const probe = new FakePathProbe(clock);
  probe.script('10.0.0.10', [{ fromMs: 0, is: 'answering' }]);
  probe.script('10.0.0.1', [{ fromMs: 0, is: 'refusing' }]);
  probe.script('10.0.0.0', nobody);
  const checked = new InterceptedProbe(probe, clock);
  const asked = async (answer: Promise<ProbeAnswer>): Promise<ProbeAnswer['outcome']> => {
    await clock.pass(5_000);
    return (await answer).outcome;
  };
  return {
    clock,
    probe,
    service: () => asked(checked.service(service, 800)),
    gateway: () => asked(checked.gateway(gateway, 800)),
  };
}

describe('a probe that knows interceptors', () => {
  it('believes an answer once nobody’s address is known to be silent', async () => {
    const { service: ask, gateway: askGateway } = scene([]);
    expect(await ask()).toBe('not-tried');
    expect(await ask()).toBe('answered');
    expect(await askGateway()).toBe('not-tried');
    expect(await askGateway()).toBe('answered');
  });

  it('does not believe an answer where nobody’s address answers, too', async () => {
    for (const is of ['answering', 'refusing'] as const) {
      const { service: ask, gateway: askGateway } = scene([{ fromMs: 0, is }]);
      await ask();
      expect(await ask()).toBe(is === 'answering' ? 'intercepted' : 'answered');
      await askGateway();
      expect(await askGateway()).toBe('intercepted');
    }
  });

  it('checks again every minute, and no more often', async () => {
    const {
      probe,
      service: ask,
      clock,
    } = scene([
      { fromMs: 0, is: 'silent' },
      { fromMs: 30_000, is: 'answering' },
    ]);
    for (let n = 0; n < 8; n += 1) expect(await ask()).toBe(n === 0 ? 'not-tried' : 'answered');
    expect(probe.probes.filter(({ address }) => address === '10.0.0.0')).toHaveLength(1);
    await clock.pass(30_000);
    await ask();
    expect(await ask()).toBe('intercepted');
  });
});
