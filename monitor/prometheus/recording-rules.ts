import { columns } from './columns';

/** The labels that identify an edge, and a cluster. */
const byEdge = 'by (edge, cluster, site)';
const byCluster = 'by (cluster, site)';

/** Every edge in the recorded series has these, so that Prometheus needs no join. */
export const recorded = {
  answers: 'edge:heron_answers:bool',
  isMaster: 'edge:heron_lb_master:bool',
  cpuPercent: 'edge:heron_cpu:percent',
  swapPercent: 'edge:heron_swap:percent',
  bitsPerSecond: 'edge:heron_traffic:bits_per_second',
  edges: 'cluster:heron_edges:count',
  edgesAnswering: 'cluster:heron_edges_answering:count',
  masters: 'cluster:heron_lb_masters:count',
  clusterBitsPerSecond: 'cluster:heron_traffic:bits_per_second',
  answersOf5m: 'edge:heron_answers:min5m',
  isMasterOf5m: 'edge:heron_lb_master:max5m',
  leastMastersOf5m: 'cluster:heron_lb_masters:min5m',
  mostMastersOf5m: 'cluster:heron_lb_masters:max5m',
} as const;

interface Rule {
  record: string;
  expr: string;
}

/** The recording rules: what dashboards show, and what the timeline of a year is read from. */
export function recordingRules(): { groups: { name: string; interval?: string; rules: Rule[] }[] } {
  return {
    groups: [
      { name: 'heron-edges', rules: rulesOf(presentRules) },
      { name: 'heron-history', interval: '5m', rules: rulesOf(historyRules) },
    ],
  };
}

function rulesOf(rules: Record<string, string>): Rule[] {
  return Object.entries(rules).map(([record, expr]) => ({ record, expr }));
}

const states = columns.filter(({ metric }) => metric.endsWith('_mib_state')).map(({ metric }) => metric);
const texts = columns.filter(({ metric }) => /carp_extend_\d$/.test(metric)).map(({ metric }) => metric);

/** Text of `extend carp` is a label of its metric, whose name is that of the metric. */
const masterTexts = texts.map((metric) => `${metric}{${metric}=~"(?is).*master.*"}`);

const traffic = (direction: 'in' | 'out'): string => `rate(heron_snmp_if_hc_${direction}_octets[2m])`;
const loads = (field: string, generic: string): string =>
  `max ${byEdge} (heron_snmp_vendor_edge_${field} / 100) or ${generic}`;

const presentRules: Record<string, string> = {
  [recorded.answers]: `max ${byEdge} (up{edge!=""})`,
  [recorded.isMaster]: [
    `max ${byEdge} (${states.map((metric) => `${metric} == bool 2`).join(' or ')})`,
    `max ${byEdge} (${masterTexts.join(' or ')})`,
    `0 * max ${byEdge} (${texts.join(' or ')})`,
  ].join(' or '),
  [recorded.cpuPercent]: loads('cpu', `max ${byEdge} (100 - heron_snmp_net_snmp_generic_cpu)`),
  [recorded.swapPercent]: loads(
    'swap',
    `max ${byEdge} (100 * (1 - heron_snmp_net_snmp_generic_swap_2 / heron_snmp_net_snmp_generic_swap_1))`,
  ),
  [recorded.bitsPerSecond]: `8 * (sum ${byEdge} (${traffic('in')}) + sum ${byEdge} (${traffic('out')}))`,
  [recorded.edges]: `count ${byCluster} (${recorded.answers}{cluster!=""})`,
  [recorded.edgesAnswering]: `sum ${byCluster} (${recorded.answers}{cluster!=""})`,
  [recorded.masters]: `sum ${byCluster} (${recorded.isMaster}{cluster!=""})`,
  [recorded.clusterBitsPerSecond]: `sum ${byCluster} (${recorded.bitsPerSecond}{cluster!=""})`,
};

const historyRules: Record<string, string> = {
  [recorded.answersOf5m]: `min_over_time(${recorded.answers}[5m])`,
  [recorded.isMasterOf5m]: `max_over_time(${recorded.isMaster}[5m])`,
  [recorded.leastMastersOf5m]: `min_over_time(${recorded.masters}[5m])`,
  [recorded.mostMastersOf5m]: `max_over_time(${recorded.masters}[5m])`,
};
