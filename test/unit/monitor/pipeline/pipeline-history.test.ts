import { expect, it } from 'vitest';
import { HistoryError } from '../../../../db/model/history-error';
import type { HeronEvent } from '../../../../domain/model/event';
import { identifyInventory } from '../../../../domain/inventory/inventory';
import { inventoryFileSchema } from '../../../../domain/inventory/inventory-file';
import { startPipeline } from '../../../../monitor/pipeline/pipeline';
import { FakeClock } from '../../../fixtures/clock/fake-clock';
import { FakeHistory } from '../../../fixtures/history/fake-history';
import { FakeSource } from '../../../fixtures/sources/fake-source';

const second = 1_000;
const cluster = {
  name: 'fra-01',
  clusterIp: '10.0.0.100',
  subnetMask: '255.255.255.0',
  defaultGateway: '10.0.0.1',
  edges: ['11', '12'].map((host) => ({
    name: `e${host}`,
    proxyIp: `10.0.0.${host}`,
    managementIp: `10.0.1.${host}`,
    snmp: { credential: 'noc' },
  })),
};

it('a pipeline watches although the last failovers cannot be read, and says why', async () => {
  const clock = new FakeClock();
  const history = new FakeHistory(() => clock.nowMs());
  history.lastFailovers = () =>
    Promise.reject(
      new HistoryError({
        ...{ code: 'damaged', what: 'Event 7 cannot be read: it is cut off.', where: '/h.sqlite' },
        todo: 'Compare it with a backup.',
      }),
    );
  const events: HeronEvent[] = [];
  const pipeline = await startPipeline({
    inventory: identifyInventory(inventoryFileSchema.parse({ clusters: [cluster] }), null),
    source: new FakeSource(clock),
    history,
    clock,
    healthIntervalMs: 10 * second,
    roleIntervalMs: second,
    version: 'test',
    random: () => 0.5,
    onEvent: (event) => events.push(event),
  });
  await clock.pass(20 * second);
  expect(events[0]?.type).toBe('start');
  const said = events.filter((event) => event.type === 'finding').map(({ reason }) => reason);
  expect(said).toContainEqual(
    expect.objectContaining({
      code: 'history-unreadable',
      detail: 'Event 7 cannot be read: it is cut off. (/h.sqlite) Compare it with a backup.',
    }),
  );
  expect(pipeline.counts().answered).toBeGreaterThan(0);
  await pipeline.stop();
});
