import { describe, expect, it } from 'vitest';
import type { HeronEvent } from '../../../../domain/model/event';
import { identifyInventory, type Inventory } from '../../../../domain/inventory/inventory';
import { inventoryFileSchema } from '../../../../domain/inventory/inventory-file';
import { startPipeline } from '../../../../monitor/pipeline/pipeline';
import { FakeClock } from '../../../fixtures/clock/fake-clock';
import { FakeHistory } from '../../../fixtures/history/fake-history';
import { FakeSource, type FakeMoment } from '../../../fixtures/sources/fake-source';

const second = 1_000;
const answers: FakeMoment = { fromMs: 0, snmp: 'answers', latencyMs: 20 };
const silent = { snmp: 'silent', http: { code: 'timeout', words: 'no page' } } as const;

/** Silent from one second to another; back, restarted unless it was only cut off. */
function away(fromSeconds: number, toSeconds: number, more: Partial<FakeMoment> = {}): FakeMoment[] {
  return [
    { fromMs: fromSeconds * second, ...silent },
    { ...answers, fromMs: toSeconds * second, restarts: true, ...more },
  ];
}

function anInventory(edges: number): Inventory {
  const cluster = {
    name: 'fra',
    clusterIp: '10.0.0.100',
    subnetMask: '255.255.255.0',
    defaultGateway: '10.0.0.1',
    edges: Array.from({ length: edges }, (_, index) => ({
      name: `e${index + 1}`,
      proxyIp: `10.0.0.${index + 11}`,
      managementIp: `10.0.1.${index + 11}`,
      snmp: { credential: 'noc' },
      http: {},
    })),
  };
  return identifyInventory(inventoryFileSchema.parse({ clusters: [cluster] }), null);
}

async function watch(scripts: Record<string, FakeMoment[]>, seconds: number): Promise<HeronEvent[]> {
  const clock = new FakeClock();
  const source = new FakeSource(clock);
  for (const [edgeId, moments] of Object.entries(scripts)) source.script(edgeId, moments);
  const events: HeronEvent[] = [];
  const pipeline = await startPipeline({
    inventory: anInventory(Object.keys(scripts).length),
    source,
    history: new FakeHistory(() => clock.nowMs()),
    clock,
    healthIntervalMs: 5 * second,
    roleIntervalMs: second,
    version: 'test',
    random: () => 0.5,
    onEvent: (event) => events.push(event),
  });
  await clock.pass(seconds * second);
  await pipeline.stop();
  return events;
}

const updates = (events: HeronEvent[]) =>
  events.flatMap((event) =>
    event.type === 'finding' && event.reason.code === 'rolling-update' ? [event] : [],
  );

describe('a rolling update', () => {
  it('is recognised when the second edge is back and renewed, and told again when it has been round', async () => {
    const events = await watch(
      {
        e1: [{ ...answers, role: 'master' }],
        e2: [answers, ...away(60, 100)],
        e3: [answers, ...away(160, 200)],
        e4: [answers, ...away(260, 300)],
      },
      400,
    );
    const [first, ...more] = updates(events);
    expect(more).toEqual([]);
    expect(first).toMatchObject({
      clusterName: 'fra',
      reason: { fact: expect.stringContaining('2 of 4') as string },
    });
    expect(first?.absences?.map(({ edgeName }) => edgeName)).toEqual(['e2', 'e3']);
    expect(events.filter(({ type }) => type === 'failover')).toEqual([]);
  });

  it('is named in the cause of the failover it brings about, and told anew after the last edge', async () => {
    const events = await watch(
      {
        e1: [{ ...answers, role: 'master' }, ...away(260, 300)],
        e2: [answers, ...away(60, 100), { ...answers, fromMs: 263 * second, role: 'master' }],
        e3: [answers, ...away(160, 200)],
      },
      400,
    );
    const [failover] = events.filter((event) => event.type === 'failover');
    expect(failover?.cause.kind).toBe('edge-unreachable');
    expect(failover?.cause.evidence.at(-1)).toMatch(
      /^Part of a rolling update: e2 \(14:0.* to .*\), e3 \(.*\) UTC, one after another\.$/,
    );
    expect(updates(events).map(({ absences }) => absences?.length)).toEqual([2, 3]);
  });

  it('may be one after a single restart: the failover says perhaps', async () => {
    const events = await watch(
      {
        e1: [{ ...answers, role: 'master' }, ...away(160, 200)],
        e2: [answers, ...away(60, 100), { ...answers, fromMs: 163 * second, role: 'master' }],
        e3: [answers],
      },
      300,
    );
    const [failover] = events.filter((event) => event.type === 'failover');
    expect(failover?.cause.evidence.at(-1)).toMatch(/^e2 restarted before it .* perhaps a rolling update\.$/);
  });

  it('is none when edges are away at the same time, are merely cut off, or it is one edge again and again', async () => {
    const together = {
      e1: [{ ...answers, role: 'master' as const }],
      e2: [answers, ...away(60, 120)],
      e3: [answers, ...away(100, 160)],
    };
    const cutOff = {
      e1: [{ ...answers, role: 'master' as const }],
      e2: [answers, ...away(60, 100, { restarts: false })],
      e3: [answers, ...away(160, 200, { restarts: false })],
    };
    const again = {
      e1: [{ ...answers, role: 'master' as const }],
      e2: [answers, ...away(60, 100), ...away(160, 200)],
      e3: [answers],
    };
    for (const scripts of [together, cutOff, again]) expect(updates(await watch(scripts, 300))).toEqual([]);
  });
});
