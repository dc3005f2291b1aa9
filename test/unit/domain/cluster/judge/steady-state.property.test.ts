import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ClusterMonitor } from '../../../../../domain/cluster/cluster-monitor';
import { identifyInventory, type Cluster } from '../../../../../domain/inventory/inventory';
import { inventoryFileSchema } from '../../../../../domain/inventory/inventory-file';
import type { HeronEvent } from '../../../../../domain/model/event';
import type { Reading, SnmpReading, UnansweredPart } from '../../../../../domain/model/reading';
import type { EdgeView } from '../../../../../domain/model/snapshot';
import { device } from '../../../../fixtures/cluster/edge-readings';

const second = 1_000;
const hour = 3_600 * second;
const startMs = Date.UTC(2026, 10, 30, 12);

function aCluster(): Cluster {
  const edges = [1, 2].map((at) => ({
    name: `e${at}`,
    proxyIp: `10.0.0.${at}`,
    snmp: { credential: 'noc' },
  }));
  const addresses = { clusterIp: '10.0.0.100', subnetMask: '255.255.255.0', defaultGateway: '10.0.0.254' };
  const file = { clusters: [{ name: 'c', ...addresses, edges }] };
  const [cluster] = identifyInventory(inventoryFileSchema.parse(file), null).clusters;
  if (!cluster) throw new Error('a cluster');
  return cluster;
}

/** What one poll of the first edge brings. */
type Poll = 'answers' | 'busy' | 'silent' | 'garbage' | 'one-scalar' | UnansweredPart['part'];

function snmpOf(poll: Poll, roleOnly: boolean, atMs: number): Reading['snmp'] {
  const latencyMs = 10;
  if (poll === 'silent')
    return { outcome: 'unreachable', latencyMs, code: 'timeout', words: 'nothing answered' };
  if (poll === 'garbage')
    return { outcome: 'unreachable', latencyMs, code: 'bad-answer', words: 'no answer' };
  const octets = BigInt(atMs) * 1_000n;
  const role = { witness: 'carp-mib', vhid: 1, advbase: 1, advskew: 0, confidence: 1, maxAgeMs: 0 } as const;
  const uptimeMs = 1_000_000 + atMs;
  const answered: SnmpReading = {
    ...device,
    roleOnly,
    cpuPercent: poll === 'busy' ? 97 : 40,
    systemUptimeMs: roleOnly ? null : uptimeMs,
    agentUptimeMs: uptimeMs,
    interfaces: roleOnly
      ? []
      : device.interfaces.map((one) => ({ ...one, inOctets: octets, outOctets: octets })),
    roles: poll === 'roles' ? [] : [{ ...role, role: 'backup', said: '1' }],
  };
  if (poll === 'answers' || poll === 'busy' || (roleOnly && poll !== 'roles'))
    return { outcome: 'answered', latencyMs, value: answered };
  if (poll === 'one-scalar') {
    const unanswered = [{ part: 'device', words: '1 of 9 objects' } as const];
    return { outcome: 'answered', latencyMs, value: { ...answered, swapPercent: null, unanswered } };
  }
  const without: Partial<SnmpReading> =
    poll === 'interfaces'
      ? { interfaces: [] }
      : poll === 'device'
        ? { cpuPercent: null, tcpEstablished: null }
        : {};
  const unanswered = [{ part: poll, words: `${poll} timed out` }];
  return { outcome: 'answered', latencyMs, value: { ...answered, ...without, unanswered } };
}

/** A cluster whose first edge is polled by a pattern: full polls every 5 s, role polls every second. */
class Monitored {
  readonly cluster = aCluster();
  readonly monitor = new ClusterMonitor(this.cluster, this.cluster.edges);
  readonly events: HeronEvent[] = [];
  #second = 0;

  constructor(private readonly roleSeconds = 1) {}

  /** `full` and `role` name what the next full and the next role poll bring, in turn for ever. */
  run(seconds: number, full: readonly Poll[], role: readonly Poll[]): this {
    for (let end = this.#second + seconds; this.#second < end; this.#second += 1) {
      const isFull = this.#second % 5 === 0;
      if (!isFull && this.#second % this.roleSeconds > 0) continue;
      const nth = Math.floor(this.#second / 5);
      const poll = isFull ? full[nth % full.length] : role[this.#second % role.length];
      this.#apply(0, isFull, poll ?? 'answers');
      if (isFull || this.roleSeconds === 1) this.#apply(1, isFull, 'answers');
    }
    return this;
  }

  get view(): EdgeView {
    const [view] = this.monitor.view().edges;
    if (!view) throw new Error('an edge');
    return view;
  }

  states(fromMs = 0): string[] {
    return this.events.flatMap((event) =>
      event.type === 'edge-state' && event.edgeName === 'e1' && event.recordedAtMs - startMs >= fromMs
        ? [event.to]
        : [],
    );
  }

  #apply(at: number, isFull: boolean, poll: Poll): void {
    const edge = this.cluster.edges[at];
    if (!edge) throw new Error('an edge');
    const fromMs = this.#second * second + at * 100;
    const none = { outcome: 'not-asked' } as const;
    const reading: Reading = {
      edgeId: edge.id,
      kind: isFull ? 'health' : 'role',
      ...{ startedAtMs: startMs + fromMs, startedMonotonicMs: fromMs },
      ...{ finishedAtMs: startMs + fromMs + 10, finishedMonotonicMs: fromMs + 10 },
      snmp: snmpOf(poll, !isFull, fromMs),
      ...{ http: none, tcp: none },
    };
    const context = {
      nowMs: reading.finishedAtMs,
      rolePollIntervalMs: second,
      traps: () => [],
      answeredElsewhereMs: null,
    };
    this.events.push(...this.monitor.apply(edge, reading, context).events);
  }
}

const answers: Poll[] = ['answers'];

describe('an edge that answers in part', () => {
  it.each<[string, Poll]>([
    ['time out', 'silent'],
    ['are answered with garbage', 'garbage'],
  ])(
    'is degraded with a reason and without figures when its full polls %s, and up when they are back',
    (_, lost) => {
      const world = new Monitored().run(60, answers, answers);
      expect(world.view).toMatchObject({
        health: 'up',
        cpuPercent: 40,
        sessions: 10,
        proxyInBitsPerSecond: 8e6,
      });
      expect(world.monitor.view().bitsPerSecond).toBe(2 * 2 * 8e6);
      world.run(60, [lost], answers);
      expect(world.view).toMatchObject({
        health: 'degraded',
        role: 'backup',
        sinceMs: startMs + 60 * second,
      });
      expect(world.view.reasons).toMatchObject([
        { code: 'not-read-in-full', fact: 'e1 has not been read in full since 12:01:00 UTC.' },
      ]);
      const unknown = { cpuPercent: null, swapPercent: null, sessions: null, uptimeMs: null, share: null };
      expect(world.view).toMatchObject({ ...unknown, proxyInBitsPerSecond: null, lbInBitsPerSecond: null });
      expect(world.monitor.view()).toMatchObject({ bitsPerSecond: null, evenness: null });
      world.run(60, answers, answers);
      expect(world.view).toMatchObject({ health: 'up', cpuPercent: 40, proxyInBitsPerSecond: 8e6 });
      expect(world.states()).toEqual(['up', 'degraded', 'up']);
    },
  );

  it.each<[Poll, Partial<EdgeView>]>([
    ['interfaces', { cpuPercent: 40, sessions: 10, proxyInBitsPerSecond: null }],
    ['device', { cpuPercent: null, sessions: null, proxyInBitsPerSecond: 8e6 }],
  ])('lacks what it does not answer, %s, and nothing else', (part, figures) => {
    const world = new Monitored().run(60, answers, answers).run(60, [part], answers);
    expect(world.view).toMatchObject({
      health: 'degraded',
      reasons: [{ code: 'not-read-in-full' }],
      ...figures,
    });
    expect(world.view.reasons[0]?.detail).toContain(`${part} timed out`);
  });

  it('keeps what it answers of a kind that it does not answer whole', () => {
    const world = new Monitored().run(60, answers, answers).run(60, ['one-scalar'], answers);
    expect(world.view).toMatchObject({ health: 'degraded', cpuPercent: 40, swapPercent: null, sessions: 10 });
    expect(world.view.reasons).toMatchObject([{ code: 'not-read-in-full' }]);
  });

  it('is up when one of several polls is lost, with the figures of the poll before', () => {
    for (const lost of ['silent', 'interfaces', 'device'] as const) {
      const world = new Monitored().run(60, answers, answers).run(90, ['answers', lost], answers);
      expect(world.view).toMatchObject({ health: 'up', cpuPercent: 40, proxyInBitsPerSecond: 8e6 });
      expect(world.states()).toEqual(['up']);
    }
  });

  it('is not down when only its role polls are not answered', () => {
    const world = new Monitored().run(60, answers, answers).run(300, answers, ['silent']);
    expect(world.view).toMatchObject({ health: 'degraded', cpuPercent: 40 });
    expect(world.view.reasons.map(({ code }) => code)).toContain('role-not-answered');
    expect(world.states(80 * second)).toEqual([]);
    world.run(60, answers, answers);
    expect(world.view.health).toBe('up');
    // It is still known to be down soon once nothing is answered.
    world.run(60, answers, ['silent']).run(30, ['silent'], ['silent']);
    expect(world.view.health).toBe('down');
  });

  it('shows nothing that was read before a silence', () => {
    const world = new Monitored().run(60, answers, answers).run(30, ['silent'], ['silent']);
    expect(world.view).toMatchObject({ health: 'down', cpuPercent: null });
    world.run(1, ['silent'], answers).run(2, answers, answers);
    expect(world.view).toMatchObject({ health: 'up', cpuPercent: null, proxyInBitsPerSecond: null });
    world.run(10, answers, answers);
    expect(world.view).toMatchObject({ health: 'up', cpuPercent: 40, proxyInBitsPerSecond: 8e6 });
  });
});

describe('an edge that keeps changing', () => {
  it('has one state with a reason, and is up again once it is steady', () => {
    const world = new Monitored(5).run(1_800, ['busy', 'answers'], answers);
    expect(world.view).toMatchObject({ health: 'degraded', reasons: [{ code: 'unsteady' }] });
    expect(world.states().length).toBeLessThanOrEqual(10);
    world.run(700, answers, answers);
    expect(world.view).toMatchObject({ health: 'up', reasons: [] });
  });

  it('changes its state at most twelve times an hour once that is known, whatever its polls bring in turn', () => {
    const polls = fc.constantFrom<Poll>(
      'answers',
      'busy',
      'silent',
      'garbage',
      'interfaces',
      'device',
      'watched',
      'roles',
    );
    const repeated = fc
      .array(fc.record({ poll: polls, times: fc.integer({ min: 1, max: 40 }) }), {
        minLength: 1,
        maxLength: 4,
      })
      .map((runs) => runs.flatMap(({ poll, times }) => Array.from({ length: times }, () => poll)));
    // The agent answers its role polls, so nothing of this is an outage.
    fc.assert(
      fc.property(repeated, (full) => {
        const world = new Monitored(3).run((1.5 * hour) / second, full, answers);
        expect(world.states(hour / 2).length).toBeLessThanOrEqual(12);
        expect(world.states()).not.toContain('down');
      }),
      { numRuns: 8 },
    );
  }, 60_000);
});
