import { describe, expect, it } from 'vitest';
import type { Cluster } from '../../../../../domain/inventory/inventory';
import { identifyInventory } from '../../../../../domain/inventory/inventory';
import { inventoryFileSchema } from '../../../../../domain/inventory/inventory-file';
import type { Reading } from '../../../../../domain/model/reading';
import type { LbRole, RoleWitness, WitnessKind } from '../../../../../domain/model/role';
import { ClusterMonitor } from '../../../../../domain/cluster/cluster-monitor';
import { ingressReading } from '../../../../fixtures/cluster/traffic-world';

function aCluster(witness?: Cluster['witness']): Cluster {
  const edges = [1, 2].map((n) => ({
    name: `e${n}`,
    proxyIp: `10.0.0.1${n}`,
    lbIp: `10.0.0.5${n}`,
    snmp: { credential: 'noc' },
  }));
  const addresses = { clusterIp: '10.0.0.100', subnetMask: '255.255.255.0', defaultGateway: '10.0.0.1' };
  const file = inventoryFileSchema.parse({ clusters: [{ name: 'c', ...addresses, witness, edges }] });
  const [cluster] = identifyInventory(file, null).clusters;
  if (!cluster) throw new Error('a cluster');
  return cluster;
}

const word = (witness: WitnessKind, role: LbRole): RoleWitness => ({
  witness,
  role,
  vhid: 1,
  advbase: 1,
  advskew: 0,
  confidence: 1,
  maxAgeMs: 0,
  said: role,
});

/** A cluster that is read second by second. */
class Watch {
  private atMs = 1_000_000;
  readonly watched: ClusterMonitor;

  constructor(private readonly cluster: Cluster) {
    this.watched = new ClusterMonitor(cluster, cluster.edges);
  }

  /** `seconds` readings of both edges; `says` gives each edge's words, `octets` its LB interface's ingress so far. */
  pass(
    seconds: number,
    says: (id: string) => RoleWitness[],
    octets = (_id: string, _atMs: number) => 0,
  ): this {
    for (let second = 0; second < seconds; second += 1) {
      this.atMs += 1_000;
      for (const edge of this.cluster.edges)
        this.watched.apply(edge, this.reading(edge.id, says, octets), {
          nowMs: this.atMs,
          rolePollIntervalMs: 1_000,
          traps: () => [],
          answeredElsewhereMs: this.atMs,
        });
    }
    return this;
  }

  reasons(): string[] {
    return this.watched.view().reasons.map(({ code }) => code);
  }

  private reading(
    edgeId: string,
    says: (id: string) => RoleWitness[],
    octets: (id: string, atMs: number) => number,
  ): Reading {
    const { atMs } = this;
    const value = ingressReading(BigInt(Math.floor(octets(edgeId, atMs))), 64, atMs);
    return {
      edgeId,
      kind: 'health',
      startedAtMs: atMs,
      finishedAtMs: atMs + 10,
      startedMonotonicMs: atMs,
      finishedMonotonicMs: atMs + 10,
      snmp: {
        outcome: 'answered',
        latencyMs: 10,
        value: { ...value, roleOnly: false, systemUptimeMs: 1e9 + atMs, roles: says(edgeId) },
      },
      http: { outcome: 'not-asked' },
      tcp: { outcome: 'not-asked' },
    };
  }
}

const well = (id: string): RoleWitness[] => [word('carp-mib', id === 'e1' ? 'master' : 'backup')];
const nobody = (): RoleWitness[] => [];
/** 80 Mb/s for e1's LB, some noise for the other. */
const usersOnE1 = (id: string, atMs: number): number => (atMs / 1000) * (id === 'e1' ? 10e6 : 60);
const usersOnE2 = (id: string, atMs: number): number => (atMs / 1000) * (id === 'e2' ? 10e6 : 60);

describe('witnesses of a cluster', () => {
  it('that tell nothing leave it to the traffic', () => {
    const view = new Watch(aCluster()).pass(10, nobody, usersOnE1).watched.view();
    expect(view).toMatchObject({ health: 'up', activeLb: { kind: 'one', edgeName: 'e1' } });
    expect(view.edges[0]?.witnesses).toMatchObject([{ witness: 'traffic', role: 'master' }]);
  });

  it('say why nothing can be inferred', () => {
    const view = new Watch(aCluster()).pass(10, nobody).watched.view();
    expect(view.activeLb.kind).toBe('unknown');
    expect(view.reasons[0]).toMatchObject({ code: 'active-lb-unknown' });
    expect(view.reasons[0]?.detail).toMatch(
      /^No edge reports its role directly, so it is inferred from traffic\. Too little traffic/,
    );
  });

  it('are shown with what traffic says beside them, which decides nothing there', () => {
    const view = new Watch(aCluster()).pass(10, well, usersOnE1).watched.view();
    expect(view.health).toBe('up');
    expect(view.edges[0]?.witnesses.map(({ witness }) => witness)).toEqual(['carp-mib', 'traffic']);
  });

  it('disagree as a state, on the edge and on the cluster, when traffic goes elsewhere', () => {
    const watch = new Watch(aCluster()).pass(12, well, usersOnE2);
    const view = watch.watched.view();
    expect(view.activeLb).toMatchObject({ kind: 'one', edgeName: 'e1' });
    expect(view.health).toBe('degraded');
    expect(watch.reasons()).toContain('witnesses-disagree');
    const [reason] = view.edges[0]?.reasons ?? [];
    expect(reason?.fact).toBe(
      'Witnesses disagree on the LB of e1: CARP MIB reports MASTER, traffic reports BACKUP.',
    );
    watch.pass(12, well, (id, atMs) => usersOnE2(id, 1_012_000) + usersOnE1(id, atMs));
    expect(watch.reasons()).toEqual([]);
  });

  it('that vanish are noticed, in words; what was said is remembered and not believed', () => {
    const watch = new Watch(aCluster()).pass(10, well);
    expect(watch.reasons()).toEqual([]);
    watch.pass(5, nobody);
    expect(watch.watched.view().activeLb.kind).toBe('one');
    watch.pass(9, nobody);
    const view = watch.watched.view();
    expect(view.activeLb).toMatchObject({ kind: 'unknown', lastEdgeName: 'e1' });
    expect(view.edges.map(({ role }) => role)).toEqual(['unknown', 'unknown']);
    expect(view.edges[0]?.reasons[0]).toMatchObject({
      code: 'witness-lost',
      detail: expect.stringMatching(/^Its CARP MIB last reported MASTER\./) as string,
    });
    watch.pass(2, well);
    expect(watch.reasons()).toEqual([]);
  });

  it('are followed by the traffic when they vanish while it flows', () => {
    const watch = new Watch(aCluster()).pass(10, well, usersOnE1).pass(15, nobody, usersOnE1);
    expect(watch.watched.view()).toMatchObject({ health: 'up', activeLb: { kind: 'one', edgeName: 'e1' } });
  });

  it('do not leave it to the traffic that a master gave up its role: in a split brain it may carry nothing', () => {
    const watch = new Watch(aCluster()).pass(10, well, usersOnE1);
    const split = (id: string): RoleWitness[] => (id === 'e1' ? [] : [word('carp-mib', 'master')]);
    watch.pass(25, split, (id, atMs) => usersOnE1(id, 1_010_000) + usersOnE2(id, atMs));
    const [e1, e2] = watch.watched.view().edges;
    expect(e1?.role).toBe('unknown');
    expect(e2?.role).toBe('master');
  });

  it('of which the inventory names one count alone', () => {
    const contradicting = (id: string): RoleWitness[] => [
      ...well(id),
      word('carp-extend', id === 'e2' ? 'master' : 'backup'),
    ];
    const named = (witness: Cluster['witness']) =>
      new Watch(aCluster(witness)).pass(5, contradicting).watched.view();
    expect(named('carp-extend').activeLb).toMatchObject({ edgeName: 'e2' });
    expect(named('carp-mib').activeLb).toMatchObject({ edgeName: 'e1' });
    const traffic = new Watch(aCluster('traffic')).pass(5, contradicting, usersOnE2).watched.view();
    expect(traffic.activeLb).toMatchObject({ edgeName: 'e2' });
    const missing = named('keepalived-mib');
    expect(missing.activeLb.kind).toBe('unknown');
    expect(missing.reasons.find(({ code }) => code === 'active-lb-unknown')?.detail).toBe(
      'The inventory names the keepalived MIB as witness, but no edge provides it. Available: CARP MIB, carp extend.',
    );
  });
});
