import { describe, expect, it } from 'vitest';
import type { Cluster } from '../../../../domain/inventory/inventory';
import type { SnmpReading } from '../../../../domain/model/reading';
import { spanOf } from '../../../../monitor/pipeline/recorder';
import { ClusterMonitor } from '../../../../domain/cluster/cluster-monitor';
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

/** The spans that each reading of one edge starts, and the number of its events. */
function monitored(): (snmp: Partial<SnmpReading>) => { spans: SpanStart[]; events: number } {
  const monitor = new ClusterMonitor(cluster, cluster.edges);
  const context = { nowMs: 0, rolePollIntervalMs: 1_000, traps: () => [], answeredElsewhereMs: null };
  return (snmp) => {
    const { changes, events } = monitor.apply(edge, reading({ snmp }), context);
    const spans = changes.map((change) => spanOf(change, monitor)).filter((span) => span !== null);
    return { spans, events: events.length };
  };
}

const codes = (spans: SpanStart[], kind: SpanStart['kind']): string[][] =>
  spans
    .filter((span) => span.kind === kind)
    .map((span) => ('reasons' in span ? (span.reasons ?? []).map(({ code }) => code) : []));

describe('Spans and their reasons', () => {
  it('begin anew when the set of reasons changes, without an event, and not for other words', () => {
    const apply = monitored();
    apply({});
    const first = apply({ cpuPercent: 95 });
    expect(codes(first.spans, 'edge-health')).toEqual([['cpu-high']]);
    expect(first.events).toBeGreaterThan(0);

    const second = apply({ cpuPercent: 96, swapPercent: 99 });
    expect(codes(second.spans, 'edge-health')).toEqual([['cpu-high', 'swap-high']]);
    expect(second.spans[0]).toMatchObject({ kind: 'edge-health', subjectId: 'e1', state: 'degraded' });
    expect(second.events).toBe(0);

    expect(apply({ cpuPercent: 97, swapPercent: 98 })).toEqual({ spans: [], events: 0 });
    expect(codes(apply({ swapPercent: 99 }).spans, 'edge-health')).toEqual([['swap-high']]);
    expect(codes(apply({}).spans, 'edge-health')).toEqual([[]]);
  });
});
