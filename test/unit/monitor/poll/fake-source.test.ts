import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../../monitor/base/clock';
import { FakeClock } from '../../../fixtures/clock/fake-clock';
import { describeEdgeSource } from '../../../fixtures/sources/edge-source-contract';
import { edgeAt } from '../../../fixtures/sources/edges';
import { FakeSource } from '../../../fixtures/sources/fake-source';

describeEdgeSource('the fake source', () => {
  const source = new FakeSource(systemClock);
  source.script('answering', [
    { fromMs: 0, snmp: 'answers', role: 'master', octetsPerSecond: [{ in: 10, out: 10 }], latencyMs: 2 },
  ]);
  source.script('silent', [{ fromMs: 0, snmp: 'silent' }]);
  return Promise.resolve({
    source,
    answering: edgeAt('answering', 161, 'noc'),
    silent: edgeAt('silent', 161, 'noc'),
    end: () => source.close(),
  });
});

describe('the fake source', () => {
  it('follows its script by the clock: roles, rates, a restart', async () => {
    const clock = new FakeClock();
    const source = new FakeSource(clock);
    const edge = edgeAt('e', 161, 'noc');
    source.script('e', [
      { fromMs: 0, snmp: 'answers', role: 'master', octetsPerSecond: [{ in: 1000, out: 0 }] },
      { fromMs: 10_000, snmp: { code: 'refused', words: 'no' } },
      {
        fromMs: 20_000,
        snmp: 'answers',
        role: 'backup',
        restarts: true,
        octetsPerSecond: [{ in: 50, out: 0 }],
      },
    ]);
    const seen: unknown[] = [];
    for (const atMs of [4000, 12_000, 24_000]) {
      await clock.pass(atMs - clock.monotonicMs());
      const { snmp } = await source.readHealth(edge, 1000);
      if (snmp.outcome !== 'answered') seen.push(snmp.outcome === 'unreachable' ? snmp.code : snmp.outcome);
      else
        seen.push([snmp.value.roles[0]?.role, snmp.value.interfaces[0]?.inOctets, snmp.value.systemUptimeMs]);
    }
    expect(seen).toEqual([['master', 4000n, 3_604_000], 'refused', ['backup', 200n, 4000]]);
  });
});
