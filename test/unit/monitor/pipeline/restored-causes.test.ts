import { expect, it } from 'vitest';
import { identifyInventory } from '../../../../domain/inventory/inventory';
import { inventoryFileSchema } from '../../../../domain/inventory/inventory-file';
import type { HeronEvent } from '../../../../domain/model/event';
import { startPipeline, type Pipeline } from '../../../../monitor/pipeline/pipeline';
import { FakeClock } from '../../../fixtures/clock/fake-clock';
import { FakeHistory } from '../../../fixtures/history/fake-history';
import { FakeSource, type FakeMoment } from '../../../fixtures/sources/fake-source';

const second = 1_000;
const edges = ['1', '2'].map((number) => ({
  name: `e${number}`,
  proxyIp: `10.0.0.${number}`,
  managementIp: `10.0.1.${number}`,
  snmp: { credential: 'noc' },
}));
const cluster = {
  ...{ name: 'fra-01', clusterIp: '10.0.0.100', subnetMask: '255.255.255.0', defaultGateway: '10.0.0.254' },
  edges,
};
const inventory = identifyInventory(inventoryFileSchema.parse({ clusters: [cluster] }), null);
const answering = (fromMs: number, more: Partial<FakeMoment> = {}): FakeMoment => ({
  ...{ fromMs, snmp: 'answers', latencyMs: 20 },
  ...more,
});

/** The corrections that two runs record: e1, the master, is silent from 20 s on, and Heron restarts at 60 s. */
async function corrections(...back: FakeMoment[]): Promise<string[]> {
  const clock = new FakeClock();
  const source = new FakeSource(clock);
  source.script('e1', [answering(0, { role: 'master' }), { fromMs: 20 * second, snmp: 'silent' }, ...back]);
  source.script('e2', [answering(0), answering(23 * second, { role: 'master' })]);
  const history = new FakeHistory(() => clock.nowMs());
  const events: HeronEvent[] = [];
  const run = (): Promise<Pipeline> =>
    startPipeline({
      ...{ inventory, source, history, clock, version: 'test', random: () => 0.5 },
      ...{ healthIntervalMs: 5 * second, roleIntervalMs: second },
      onEvent: (event) => events.push(event),
    });
  for (const seconds of [60, 60, 30]) {
    const pipeline = await run();
    await clock.pass(seconds * second);
    await pipeline.stop();
  }
  const kinds = events.map((event) => (event.type === 'failover' ? event.cause.kind : null));
  expect(kinds.filter(Boolean)).toEqual(['edge-unreachable']);
  return events.flatMap((event) => (event.type === 'cause-corrected' ? [event.cause.kind] : []));
}

it.each<[string, FakeMoment[], string[]]>([
  ['was cut off', [answering(90 * second)], ['cut-off']],
  ['restarted', [answering(90 * second, { restarts: true })], ['edge-rebooted']],
  [
    'was paused',
    [answering(90 * second, { says: { systemUptimeMs: 3_621_000, agentUptimeMs: 3_621_000 } })],
    [],
  ],
  ['is still silent', [], []],
  [
    'was paused, came back before, and restarted since',
    [
      answering(40 * second, { says: { systemUptimeMs: 3_621_000, agentUptimeMs: 3_621_000 } }),
      answering(80 * second, { restarts: true }),
    ],
    [],
  ],
])(
  'the cause of a failover is corrected after a restart of Heron when its edge %s',
  async (_, back, kinds) => {
    expect(await corrections(...back)).toEqual(kinds);
  },
);
