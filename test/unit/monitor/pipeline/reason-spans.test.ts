import { describe, expect, it } from 'vitest';
import type { Cluster } from '../../../../domain/inventory/inventory';
import type { SnmpReading } from '../../../../domain/model/reading';
import { spanOf } from '../../../../monitor/pipeline/recording';
import { eventOf } from '../../../../domain/cluster/events-of-change';
import { WatchedCluster } from '../../../../domain/cluster/cluster-monitor';
import type { SpanStart } from '../../../../db/model/history-batch';
import { edge, reading } from '../../../fixtures/cluster/edge-readings';

const cluster: Cluster = {
  id: 'c1',
  name: 'fra-01',
  clusterIp: '10.0.0.100',
  subnetMask: '255.255.255.0',
  defaultGateway: '10.0.0.254',
  ipsecLocalTermination: false,
  status: 'enabled',
  edges: [edge],
};

/** What each reading of one edge begins: spans, and how many events. */
function watching(): (snmp: Partial<SnmpReading>) => { spans: SpanStart[]; events: number } {
  const watched = new WatchedCluster(cluster, cluster.edges);
  return (snmp) => {
    const changes = watched.take(edge, reading({ snmp }), null);
    return {
      spans: changes.map((change) => spanOf(change, watched)).filter((span) => span !== null),
      events: changes.filter((change) => eventOf(change, watched, 0, 1000)).length,
    };
  };
}

const codes = (spans: SpanStart[], kind: SpanStart['kind']): string[][] =>
  spans
    .filter((span) => span.kind === kind)
    .map((span) => ('reasons' in span ? (span.reasons ?? []).map(({ code }) => code) : []));

describe('Spans and their reasons', () => {
  it('begin anew when the set of reasons changes, without an event, and not for other words', () => {
    const take = watching();
    take({});
    const first = take({ cpuPercent: 95 });
    expect(codes(first.spans, 'edge-health')).toEqual([['cpu-high']]);
    expect(first.events).toBeGreaterThan(0);

    const second = take({ cpuPercent: 96, swapPercent: 99 });
    expect(codes(second.spans, 'edge-health')).toEqual([['cpu-high', 'swap-high']]);
    expect(second.spans[0]).toMatchObject({ kind: 'edge-health', subjectId: 'e1', state: 'degraded' });
    expect(second.events).toBe(0);

    expect(take({ cpuPercent: 97, swapPercent: 98 })).toEqual({ spans: [], events: 0 });
    expect(codes(take({ swapPercent: 99 }).spans, 'edge-health')).toEqual([['swap-high']]);
    expect(codes(take({}).spans, 'edge-health')).toEqual([[]]);
  });
});
