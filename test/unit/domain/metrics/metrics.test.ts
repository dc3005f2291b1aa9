import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CountedEvents } from '../../../../domain/metrics/counted-events';
import { heronMetrics } from '../../../../domain/metrics/heron-metrics';
import { metricsAddressSchema } from '../../../../domain/metrics/metrics-address';
import { metricsText } from '../../../../domain/metrics/metrics-text';
import { madeAlerts } from '../../../fixtures/fake-bridge/alerts';
import { madeCluster, madeSnapshot } from '../../../fixtures/fake-bridge/cluster';
import { failoverEvent } from '../../../fixtures/alerts/alert-world';
import { readOpenMetrics } from '../../../fixtures/metrics-lines';

const atMs = Date.UTC(2026, 11, 1);

function textOf(names: readonly string[], counted = new CountedEvents()): string {
  const clusters = names.map((name) => madeCluster(name, 2, atMs));
  return metricsText(
    heronMetrics({
      version: '1.0.0',
      snapshot: madeSnapshot(clusters, atMs),
      alerts: { atMs, alerts: madeAlerts(atMs), silences: [] },
      counted,
      polls: { polls: 10, answered: 8, tookMs: 1_500 },
    }),
    'openMetrics',
  );
}

describe('the metrics', () => {
  it('are what a strict reader of OpenMetrics takes, whatever clusters are called', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 12 }), { maxLength: 4 }), (names) => {
        const { types } = readOpenMetrics(textOf(names));
        expect(types.get('heron_failovers')).toBe('counter');
      }),
      { numRuns: 50 },
    );
  });

  it('escape labels, and write nothing twice', () => {
    const { samples } = readOpenMetrics(textOf(['a"b\\c\nd', 'same', 'same']));
    expect([...samples.keys()].filter((key) => key.startsWith('heron_cluster_edges{'))).toEqual([
      'heron_cluster_edges{cluster="a\\"b\\\\c\\nd"}',
      'heron_cluster_edges{cluster="same"}',
    ]);
    expect(samples.get('heron_poll_duration_seconds_sum')).toBe(1.5);
    expect(samples.get('heron_polls_unanswered_total')).toBe(2);
    expect(samples.get('heron_build_info{version="1.0.0"}')).toBe(1);
  });

  it('count failovers and bound the time without an active LB, never downwards', () => {
    const counted = new CountedEvents();
    const event = failoverEvent('fra-01', atMs);
    counted.add(event);
    const id = 'clusterId' in event ? (event.clusterId ?? '') : '';
    const first = counted.of(id, atMs);
    expect(first.failovers).toBe(1);
    expect(first.withoutLbMs.atMost).toBeGreaterThanOrEqual(first.withoutLbMs.atLeast);
    counted.add(event);
    const second = counted.of(id, atMs + 1_000);
    expect(second.failovers).toBe(2);
    expect(second.withoutLbMs.atMost).toBeGreaterThanOrEqual(first.withoutLbMs.atMost);
  });

  it.each([
    ['9745', { host: '127.0.0.1', port: 9745 }],
    ['0.0.0.0:1', { host: '0.0.0.0', port: 1 }],
    ['[::1]:9745', { host: '::1', port: 9745 }],
    ['monitor.example.net:80', { host: 'monitor.example.net', port: 80 }],
  ])('are offered at %s', (text, address) => {
    expect(metricsAddressSchema.parse(text)).toEqual(address);
  });

  it.each(['', 'x', ':70000', '1.2.3:80', '::1:80', 'http://a:80', 'a b:80'])(
    'are not offered at %j',
    (text) => {
      expect(metricsAddressSchema.safeParse(text).success).toBe(false);
    },
  );
});
