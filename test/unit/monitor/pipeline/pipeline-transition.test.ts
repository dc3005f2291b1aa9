import { describe, expect, it } from 'vitest';
import type { HeronEvent } from '../../../../domain/model/event';
import { identifyInventory } from '../../../../domain/inventory/inventory';
import { inventoryFileSchema } from '../../../../domain/inventory/inventory-file';
import { startPipeline } from '../../../../monitor/pipeline/pipeline';
import { FakeClock } from '../../../fixtures/clock/fake-clock';
import { FakeHistory } from '../../../fixtures/history/fake-history';
import { FakeSource, type FakeMoment } from '../../../fixtures/sources/fake-source';

const edges = [1, 2, 3].map((number) => ({
  name: `e${number}`,
  proxyIp: `10.0.0.1${number}`,
  managementIp: `10.0.1.1${number}`,
  snmp: { credential: 'noc' },
}));
const cluster = { name: 'fra-01', clusterIp: '10.0.0.100', subnetMask: '255.255.255.0' };
const inventory = identifyInventory(
  inventoryFileSchema.parse({ clusters: [{ ...cluster, defaultGateway: '10.0.0.1', edges }] }),
  null,
);

/** How long after the take-over the failover is said, when the master stops at 20 s. */
async function saidAfterMs(takeOverMs: number, old: Partial<FakeMoment>): Promise<number | undefined> {
  const clock = new FakeClock();
  const source = new FakeSource(clock);
  const answers = { snmp: 'answers', latencyMs: 20 } as const;
  source.script('e1', [
    { fromMs: 0, ...answers, role: 'master' },
    { fromMs: 20_000, ...answers, role: 'init', ...old },
  ]);
  source.script('e2', [
    { fromMs: 0, ...answers },
    { fromMs: takeOverMs, ...answers, role: 'master' },
  ]);
  source.script('e3', [{ fromMs: 0, ...answers }]);
  const said: HeronEvent[] = [];
  const pipeline = await startPipeline({
    inventory,
    source,
    history: new FakeHistory(() => clock.nowMs()),
    clock,
    healthIntervalMs: 10_000,
    roleIntervalMs: 1_000,
    version: 'test',
    random: () => 0.5,
  });
  pipeline.onEvent((event) => said.push(event));
  const startMs = clock.nowMs();
  await clock.pass(30_000);
  await pipeline.stop();
  const failover = said.find(({ type }) => type === 'failover');
  return failover && failover.recordedAtMs - startMs - takeOverMs;
}

describe('a take-over', () => {
  it('is said within a third of the role interval once its cluster is known to be without a master', async () => {
    for (let takeOverMs = 22_500; takeOverMs < 23_500; takeOverMs += 100) {
      expect(await saidAfterMs(takeOverMs, {}), `stopped, ${takeOverMs}`).toBeLessThan(330);
      expect(await saidAfterMs(takeOverMs, { snmp: 'silent' }), `silent, ${takeOverMs}`).toBeLessThan(330);
    }
  });
});
