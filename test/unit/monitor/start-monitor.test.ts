import { beforeEach, describe, expect, it } from 'vitest';
import { identifyInventory, type Inventory } from '../../../domain/inventory/inventory';
import { inventoryFileSchema } from '../../../domain/inventory/inventory-file';
import type { HeronEvent } from '../../../domain/model/event';
import type { TrapEvidence } from '../../../domain/traps/evidence';
import { startMonitor, type MonitorDependencies } from '../../../monitor/start-monitor';
import type { TrapSubject } from '../../../monitor/traps/trap-port';
import { TrapPortError } from '../../../monitor/traps/trap-receiver';
import { FakeClock } from '../../fixtures/clock/fake-clock';
import { FakeHistory } from '../../fixtures/history/fake-history';
import { FakeNetwork } from '../../fixtures/network/fake-network';
import { FakeSource } from '../../fixtures/sources/fake-source';

class ClosedNotingSource extends FakeSource {
  isClosed = false;
  engineOf(): null {
    return null;
  }
  override async close(): Promise<void> {
    this.isClosed = true;
    await super.close();
  }
}

const inventoryOf = (...edges: string[]): Inventory =>
  identifyInventory(
    inventoryFileSchema.parse({
      clusters: [
        {
          name: 'fra',
          clusterIp: '10.0.0.100',
          subnetMask: '255.255.255.0',
          defaultGateway: '10.0.0.1',
          edges: edges.map((name, at) => ({
            name,
            proxyIp: `10.0.0.${at + 11}`,
            lbIp: `10.0.0.${at + 51}`,
            snmp: { credential: 'noc' },
          })),
        },
      ],
    }),
    null,
  );

let clock: FakeClock;
let source: ClosedNotingSource;
let subjects: (TrapSubject | null)[];
let events: HeronEvent[];
let portRefused: boolean;
let dependencies: MonitorDependencies;

beforeEach(() => {
  clock = new FakeClock();
  source = new ClosedNotingSource(clock);
  [subjects, events, portRefused] = [[], [], false];
  dependencies = {
    polling: {
      clock,
      network: new FakeNetwork(),
      pathProbe: null,
      healthIntervalMs: 5_000,
      roleIntervalMs: 1_000,
      readerOf: () => source,
    },
    history: new FakeHistory(() => clock.nowMs()),
    secrets: { resolve: () => Promise.resolve({ found: false, words: 'none' }) },
    traps: {
      listen(subject) {
        subjects.push(subject);
        return portRefused && subject !== null
          ? Promise.reject(new TrapPortError('taken'))
          : Promise.resolve();
      },
    },
    version: 'test',
    onEvent: (event) => events.push(event),
  };
});

describe('a monitor', () => {
  it('polls at once after a trap', async () => {
    const inventory = inventoryOf('f1', 'f2');
    const monitor = await startMonitor(inventory, dependencies);
    await clock.pass(4_000);
    const polls = source.reads.length;
    const edgeId = inventory.clusters[0]?.edges[0]?.id ?? '';
    const evidence = { edgeId, atMs: clock.nowMs(), atMonotonicMs: clock.monotonicMs() };
    subjects.at(-1)?.onEvidence(evidence as Partial<TrapEvidence> as TrapEvidence);
    await clock.pass(0);
    expect(source.reads.slice(polls).map(({ kind }) => kind)).toContain('role');
    await monitor.stop();
  });

  it('receives traps for the edges of a new inventory', async () => {
    const monitor = await startMonitor(inventoryOf('f1', 'f2'), dependencies);
    const next = inventoryOf('f1', 'f2', 'f3');
    await monitor.applyInventory(next);
    expect(subjects.at(-1)?.inventory).toBe(next);
    await monitor.stop();
    expect(subjects.at(-1)).toBeNull();
    expect(source.isClosed).toBe(true);
  });

  it('leaves nothing open and reports no event when its trap port cannot be opened', async () => {
    portRefused = true;
    await expect(startMonitor(inventoryOf('f1', 'f2'), dependencies)).rejects.toThrow(TrapPortError);
    expect(events).toEqual([]);
    expect(subjects.at(-1)).toBeNull();
    expect(source.isClosed).toBe(true);
  });
});
