import type { StepNumbers } from '../../domain/past/step-judgement';
import { generalLimits } from '../../domain/inventory/overrides';
import { thresholds } from '../../domain/model/thresholds';
import { columns } from './columns';

/** The labels that identify an edge in recorded series. */
export const byEdge = 'by (edge, cluster, site)';

type Expressions = Record<keyof StepNumbers, string>;

/**
 * What is known of edges over a window, as expressions over all samples of it. `selector` is what is within the braces of each metric, `window` a
 * duration such as `5m`.
 */
export function stepExpressions(selector: string, window: string): Expressions {
  const over = (how: Extreme | 'count', metric: string, more = ''): string =>
    `${how}_over_time(${metric}{${selector}${more}}[${window}])`;
  // Where there is none, a recorded series has to say so: a longer step would skip what is absent.
  const none = `0 * max ${byEdge} (${over('max', 'up')})`;
  return {
    answersMin: `min ${byEdge} (${over('min', 'up')})`,
    answersMax: `max ${byEdge} (${over('max', 'up')})`,
    scrapes: `min ${byEdge} (${over('count', 'up')})`,
    faultsMin: `count ${byEdge} (${faultsIn(over, 'min').join(' or ')}) or ${none}`,
    faultsMax: `count ${byEdge} (${faultsIn(over, 'max').join(' or ')}) or ${none}`,
    roleMin: `min ${byEdge} (${rolesIn(over, 'min').join(' or ')})`,
    roleMax: `max ${byEdge} (${rolesIn(over, 'max').join(' or ')})`,
    roleSamples: `${roleSamples(over)} or ${none}`,
  };
}

type Extreme = 'min' | 'max';
type Over = (how: Extreme | 'count', metric: string, more?: string) => string;

const metricsThat = (matches: (metric: string) => boolean): string[] =>
  columns.filter(({ metric }) => matches(metric)).map(({ metric }) => metric);
const flags = metricsThat((metric) => metric.endsWith('_failed'));
/** Connections of the vendor's edges, with the lowest and the highest of the codes that are well. */
const connections = [
  { metric: 'heron_snmp_vendor_edge_ca_connectivity', codes: thresholds.caConnected },
  { metric: 'heron_snmp_vendor_edge_logging_connectivity', codes: thresholds.loggingConnected },
].map(({ metric, codes }) => ({ metric, least: Math.min(...codes), most: Math.max(...codes) }));
export const states = metricsThat((metric) => metric.endsWith('_mib_state'));
export const texts = metricsThat((metric) => /carp_extend_\d$/.test(metric));

/** The window of a step without its beginning: both ends of a window count in Prometheus, and a sample there would make up for a missing one. */
export function windowOf(ms: number): string {
  return `${ms - 1}ms`;
}

/** The recorded series of five minutes each. */
export const recordedSteps: Expressions = {
  answersMin: 'edge:heron_answers:min5m',
  answersMax: 'edge:heron_answers:max5m',
  scrapes: 'edge:heron_scrapes:count5m',
  faultsMin: 'edge:heron_faults:min5m',
  faultsMax: 'edge:heron_faults:max5m',
  roleMin: 'edge:heron_lb_state:min5m',
  roleMax: 'edge:heron_lb_state:max5m',
  roleSamples: 'edge:heron_lb_state:count5m',
};

/** How long a recorded step is. */
export const recordedMs = 5 * 60_000;

/** The same over a longer window, from the recorded series, which has to have at least `pieces` of each. */
export function recordedExpressions(selector: string, window: string, pieces: number): Expressions {
  const over = (how: Extreme | 'count', key: keyof StepNumbers): string =>
    `${how}_over_time(${recordedSteps[key]}{${selector}}[${window}])`;
  const isWhole = `(${over('count', 'scrapes')} >= bool ${pieces})`;
  return {
    answersMin: over('min', 'answersMin'),
    answersMax: over('max', 'answersMax'),
    scrapes: `${over('min', 'scrapes')} * ${isWhole}`,
    faultsMin: over('min', 'faultsMin'),
    faultsMax: over('max', 'faultsMax'),
    roleMin: over('min', 'roleMin'),
    roleMax: over('max', 'roleMax'),
    roleSamples: over('min', 'roleSamples'),
  };
}

/** What is wrong in all samples of the window (`min`), or in any of them (`max`). */
function faultsIn(over: Over, how: Extreme): string[] {
  const other = how === 'min' ? 'max' : 'min';
  const { cpuPercent, swapPercent } = generalLimits;
  const swap = 'heron_snmp_net_snmp_generic_swap';
  return [
    ...flags.map((metric) => `(${over(how, metric)} == 1)`),
    ...connections.flatMap(({ metric, least, most }) => [
      `(${over(other, metric)} < ${least})`,
      `(${over(how, metric)} > ${most})`,
    ]),
    `(${over(how, 'heron_snmp_vendor_edge_cpu')} > ${100 * cpuPercent})`,
    `(${over(how, 'heron_snmp_vendor_edge_swap')} > ${100 * swapPercent})`,
    // The agent reports what is idle and what is free.
    `(${over(other, 'heron_snmp_net_snmp_generic_cpu')} < ${100 - cpuPercent})`,
    `(100 * (1 - ${over(other, `${swap}_2`)} / ${over(how, `${swap}_1`)}) > ${swapPercent})`,
  ].map((one, at) => `label_replace(${one}, "fault", "${at}", "", "")`);
}

/** One line of CARP's or VRRP's own output, or the bare role: text with more in it proves no role. */
function textOf(role: string): string {
  const line = `\\s*((carp|vrrp):\\s*)?${role}(\\s+(vhid|vrid|carpdev)[^\\n]*)?\\s*`;
  return `(?i)${line}(\\n${line})*`;
}

function rolesIn(over: Over, how: Extreme): string[] {
  const quoted = (text: string): string => JSON.stringify(text);
  return [
    ...states.map((metric) => over(how, metric)),
    // Each text that was read is a series of its own.
    ...texts.flatMap((metric) => [
      `(0 * ${over('count', metric, `,${metric}=~${quoted(textOf('master'))}`)} + 2)`,
      `(0 * ${over('count', metric, `,${metric}=~${quoted(textOf('backup'))}`)} + 1)`,
      `0 * ${over('count', metric, `,${metric}!~${quoted(textOf('(?:master|backup)'))}`)}`,
    ]),
  ];
}

function roleSamples(over: Over): string {
  const rows = 'by (edge, cluster, site, row)';
  return [
    `min ${byEdge} (${states.map((metric) => over('count', metric)).join(' or ')})`,
    ...texts.map((metric) => `min ${byEdge} (sum ${rows} (${over('count', metric)}))`),
  ].join(' or ');
}
