import { byEdge, recordedMs, recordedSteps, states, stepExpressions, texts, windowOf } from './step-queries';

/** The labels that identify a cluster. */
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

const steps = stepExpressions('edge!=""', windowOf(recordedMs));
const historyRules: Record<string, string> = Object.fromEntries(
  Object.entries(recordedSteps).map(([key, record]) => [record, steps[key as keyof typeof steps]]),
);
