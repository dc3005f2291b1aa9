import type { AlertList } from '../model/alert';
import { alertSeverities } from '../model/alert-rule';
import type { ActiveLb, ClusterView, EdgeView, Snapshot } from '../model/snapshot';
import type { CountedEvents } from './counted-events';
import type { Metric, MetricSample } from './metrics-text';

/** What is offered to scrapers. */
export interface MetricFacts {
  version: string;
  snapshot: Snapshot;
  alerts: AlertList;
  counted: CountedEvents;
  /** Since the start: polls, those that were answered, and the time that all took. */
  polls: { polls: number; answered: number; tookMs: number };
}

type Labels = Readonly<Record<string, string>>;

/** The metrics of Heron. What is unknown is left out, so that no query mistakes it for zero. */
export function heronMetrics(facts: MetricFacts): Metric[] {
  return [...clusterMetrics(facts), ...edgeMetrics(facts.snapshot.clusters), ...ownMetrics(facts)];
}

function clusterMetrics({ snapshot: { clusters, atMs }, counted }: MetricFacts): Metric[] {
  const each = (value: (row: ClusterView) => number | null): MetricSample[] =>
    clusters.flatMap((row) => sampleOf(rowLabels(row), value(row)));
  const real = clusters.filter(({ kind }) => kind === 'cluster');
  const counts = real.map((row) => ({ labels: rowLabels(row), ...counted.of(row.id, atMs) }));
  return [
    gauge(
      'heron_cluster_state',
      'The assessed state of a cluster or standalone edge: 1 for the present one.',
      clusters.map((row) => ({ labels: { ...rowLabels(row), state: row.health }, value: 1 })),
    ),
    gauge(
      'heron_cluster_edges',
      'Edges of a cluster.',
      each(({ edgesTotal }) => edgesTotal),
    ),
    gauge(
      'heron_cluster_edges_up',
      'Edges that serve; absent while unknown.',
      each(({ edgesUp }) => edgesUp),
    ),
    gauge(
      'heron_cluster_active_lbs',
      'Load balancers that are MASTER; absent while unknown.',
      real.flatMap((row) => sampleOf(rowLabels(row), activeCount(row.activeLb))),
    ),
    {
      ...gauge(
        'heron_cluster_evenness_ratio',
        'How evenly the edges share the traffic, 1 is even; absent without traffic.',
        each(({ evenness }) => evenness),
      ),
      unit: 'ratio',
    },
    gauge(
      'heron_cluster_traffic_bytes_per_second',
      'Traffic of the proxy interfaces of all edges.',
      each(({ bitsPerSecond }) => (bitsPerSecond === null ? null : bitsPerSecond / 8)),
    ),
    {
      name: 'heron_failovers',
      type: 'counter',
      help: 'Times that another load balancer became active, since Heron was started.',
      samples: counts.flatMap(({ labels, failovers, failbacks }) => [
        { labels: { ...labels, type: 'failover' }, value: failovers },
        { labels: { ...labels, type: 'failback' }, value: failbacks },
      ]),
    },
    {
      name: 'heron_without_active_lb_seconds',
      type: 'counter',
      unit: 'seconds',
      help: 'Bounds of the time without an active load balancer, since Heron was started.',
      samples: counts.flatMap(({ labels, withoutLbMs }) => [
        { labels: { ...labels, bound: 'at_least' }, value: withoutLbMs.atLeast / 1000 },
        { labels: { ...labels, bound: 'at_most' }, value: withoutLbMs.atMost / 1000 },
      ]),
    },
  ];
}

function edgeMetrics(clusters: readonly ClusterView[]): Metric[] {
  const edges = clusters.flatMap((row) =>
    row.edges.map((edge) => ({ edge, labels: { ...rowLabels(row), edge: edge.name } })),
  );
  const each = (value: (edge: EdgeView) => number | null): MetricSample[] =>
    edges.flatMap(({ edge, labels }) => sampleOf(labels, value(edge)));
  return [
    gauge(
      'heron_edge_state',
      'The assessed state of an edge: 1 for the present one.',
      edges.map(({ edge, labels }) => ({ labels: { ...labels, state: edge.health }, value: 1 })),
    ),
    gauge(
      'heron_edge_lb_role',
      'The role of its load balancer: 1 for the present one.',
      edges.map(({ edge, labels }) => ({ labels: { ...labels, role: edge.role }, value: 1 })),
    ),
    {
      ...gauge(
        'heron_edge_share_ratio',
        'Share of the traffic of its cluster; absent without traffic.',
        each(({ share }) => share),
      ),
      unit: 'ratio',
    },
    {
      ...gauge(
        'heron_edge_answer_seconds',
        'How long the latest answer took.',
        each(({ latencyMs }) => inSeconds(latencyMs)),
      ),
      unit: 'seconds',
    },
    {
      ...gauge(
        'heron_edge_last_answer_timestamp_seconds',
        'When the latest answered poll ended, Unix time; absent before the first.',
        each(({ lastAnswerMs }) => inSeconds(lastAnswerMs)),
      ),
      unit: 'seconds',
    },
  ];
}

function ownMetrics({ version, snapshot: { monitor }, alerts, polls }: MetricFacts): Metric[] {
  const isKnown = ['true', 'false'] as const;
  const open = alerts.alerts.filter(({ state, held }) => state === 'open' && held === null);
  return [
    { name: 'heron_build', type: 'info', help: 'This Heron.', samples: [{ labels: { version }, value: 1 }] },
    gauge('heron_monitor_state', 'The state of the monitor itself: 1 for the present one.', [
      { labels: { state: monitor.state }, value: 1 },
    ]),
    {
      ...gauge('heron_monitor_lag_seconds', 'How late polls start.', [one(monitor.lagMs / 1000)]),
      unit: 'seconds',
    },
    gauge('heron_monitor_edges_polled', 'Edges that are polled.', [one(monitor.edgesPolled)]),
    gauge('heron_monitor_edges_answered', 'Edges that answered their latest poll.', [
      one(monitor.edgesAnswered),
    ]),
    gauge('heron_history_writing', '1 while the history is written, 0 while that fails.', [
      one(monitor.history.state === 'writing' ? 1 : 0),
    ]),
    {
      name: 'heron_poll_duration_seconds',
      type: 'summary',
      unit: 'seconds',
      help: 'Polls of edges and how long they took, time-outs included.',
      samples: [
        { labels: {}, value: polls.tookMs / 1000, part: 'sum' },
        { labels: {}, value: polls.polls, part: 'count' },
      ],
    },
    {
      name: 'heron_polls_unanswered',
      type: 'counter',
      help: 'Polls that were not answered.',
      samples: [one(polls.polls - polls.answered)],
    },
    gauge(
      'heron_alerts',
      'Open alerts, without those that a silence or maintenance holds back.',
      alertSeverities.flatMap((severity) =>
        isKnown.map((acknowledged) => ({
          labels: { severity, acknowledged },
          value: open.filter(
            (alert) => alert.severity === severity && String(alert.acknowledged !== null) === acknowledged,
          ).length,
        })),
      ),
    ),
  ];
}

function gauge(name: string, help: string, samples: readonly MetricSample[]): Metric {
  return { name, type: 'gauge', help, samples };
}

function one(value: number): MetricSample {
  return { labels: {}, value };
}

function sampleOf(labels: Labels, value: number | null): MetricSample[] {
  return value === null ? [] : [{ labels, value }];
}

function inSeconds(ms: number | null): number | null {
  return ms === null ? null : ms / 1000;
}

function rowLabels({ name, site }: ClusterView): Labels {
  return { cluster: name, ...(site === null ? {} : { site }) };
}

function activeCount(active: ActiveLb): number | null {
  switch (active.kind) {
    case 'one':
      return 1;
    case 'none':
      return 0;
    case 'several':
      return active.edgeIds.length;
    default:
      return null;
  }
}
