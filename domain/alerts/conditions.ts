import type { AlertRule, AlertSeverity } from '../model/alert-rule';
import type { FaultKey } from '../model/event';
import type { Reason } from '../model/health';
import type { ClusterView, EdgeView } from '../model/snapshot';

/** Something that a rule is about and that is the case now. */
export interface Condition {
  rule: AlertRule;
  /** The row of the clusters table; null: Heron itself. */
  rowId: string | null;
  name: string;
  site: string | null;
  edgeId: string | null;
  edgeName: string | null;
  /** Consequence, and mechanism. */
  words: string;
  detail: string;
  facts: string[];
  /** UTC milliseconds; null: since it was first noticed. */
  sinceMs: number | null;
  /** What an acknowledgement of it covers. */
  faults: FaultKey[];
  /** Where it is not that of its rule. */
  severity?: AlertSeverity;
  /** Where it is not that of its rule. */
  forMs?: number;
}

/** Identifies the cause: the rule and its subject. */
export function conditionKey({ rule, rowId, edgeId }: Pick<Condition, 'rule' | 'rowId' | 'edgeId'>): string {
  return JSON.stringify([rule, rowId, edgeId]);
}

/** Reasons of an edge, by rule. Others of an edge that is degraded are `edge-degraded`. */
const ruleOfCode: Readonly<Record<string, AlertRule>> = {
  'lb-stopped': 'lb-stopped',
  'lb-process-failed': 'lb-stopped',
  'lb-no-link': 'lb-stopped',
  'lb-disabled': 'lb-stopped',
  'ca-not-connected': 'ca-lost',
  'logging-not-connected': 'logging-lost',
  'cpu-high': 'cpu',
  'load-flag': 'cpu',
  'swap-high': 'swap',
  'disk-flag': 'disk',
};

/** Reasons that are worth knowing and no fault. */
const notes = new Set(['rebooted-recently', 'other-groups', 'name-not-resolvable']);

/** Nothing is known before the first reading, or was not at the time. */
const withoutReadings = new Set(['not-read-yet', 'not-watched']);

type Row = Pick<ClusterView, 'id' | 'kind' | 'name' | 'site' | 'health' | 'reasons' | 'edges' | 'sinceMs'>;

/** Whether the state of a row or an edge is unknown: what was wrong with it is then neither confirmed nor over. */
export function isUntold({ health, reasons }: Pick<ClusterView | EdgeView, 'health' | 'reasons'>): boolean {
  return health === 'unknown' || reasons.some(({ code }) => withoutReadings.has(code));
}

/** What the rules find in the state of a row, whatever causes what. */
export function conditionsOf(row: Row): Condition[] {
  if (row.health === 'disabled' || row.reasons.some(({ code }) => withoutReadings.has(code))) return [];
  const ofEdges = row.edges.flatMap((edge) => conditionsOfEdge(row, edge));
  return row.kind === 'standalone' ? ofEdges : [...conditionsOfCluster(row), ...ofEdges];
}

function conditionsOfCluster(row: Row): Condition[] {
  const [first] = row.reasons;
  const at = (rule: AlertRule, reason: Reason | undefined, more: Partial<Condition> = {}): Condition => ({
    rule,
    ...subjectOf(row),
    words: reason?.fact ?? `${row.name} is ${row.health}.`,
    detail: reason?.detail ?? '',
    facts: row.reasons.slice(1, 6).map(({ fact }) => fact),
    sinceMs: row.sinceMs,
    faults: reason ? [{ edgeId: null, code: reason.code }] : [],
    ...more,
  });
  const found: Condition[] = [];
  const isServed = row.reasons.some(({ code }) => code === 'served-without-active-lb');
  if (row.health === 'no-active-lb')
    found.push(at('no-active-lb', first, isServed ? { severity: 'warning' } : {}));
  if (row.health === 'split-brain') found.push(at('split-brain', first));
  if (row.health === 'down') found.push(at('cluster-down', first, { words: downWords(row) }));
  if (row.health === 'unknown') found.push(at('unknown', first));
  if (row.health === 'no-redundancy') found.push(at('no-redundancy', first));
  for (const reason of row.reasons) {
    const rule =
      reason.code === 'imbalance' ? 'imbalance' : flappingCodes.has(reason.code) ? 'flapping' : null;
    if (rule && !found.some((one) => one.rule === rule)) found.push(at(rule, reason, { sinceMs: null }));
  }
  return found;
}

const flappingCodes = new Set(['flapping', 'lb-flapping']);

function downWords({ name, reasons, edges }: Row): string {
  const [first] = reasons;
  if (first?.code === 'users-not-served') return first.fact;
  return `Users of ${name} are cut off: none of ${edges.filter(({ health }) => health !== 'disabled').length} edges serves.`;
}

function conditionsOfEdge(row: Row, edge: EdgeView): Condition[] {
  const { health, reasons } = edge;
  if (health === 'disabled' || health === 'maintenance') return [];
  if (reasons.some(({ code }) => withoutReadings.has(code))) return [];
  const [first] = reasons;
  const at = (rule: AlertRule, of: readonly Reason[], more: Partial<Condition> = {}): Condition => ({
    rule,
    ...subjectOf(row),
    edgeId: edge.id,
    edgeName: edge.name,
    words: of[0]?.fact ?? `${edge.name} is ${health}.`,
    detail: of[0]?.detail ?? '',
    facts: of.slice(1, 6).map(({ fact }) => fact),
    sinceMs: null,
    faults: of.map(({ code }) => ({ edgeId: edge.id, code })),
    ...more,
  });
  const asWhole = { sinceMs: edge.sinceMs, faults: [{ edgeId: edge.id, code: health }] };
  if (health === 'down') {
    const isAlone = row.kind === 'standalone';
    return [at('edge-down', first ? [first] : [], { ...asWhole, ...(isAlone ? aloneDown(edge) : {}) })];
  }
  if (health === 'unknown') return [at('unknown', first ? [first] : [], asWhole)];
  if (health !== 'degraded' && health !== 'no-redundancy') return [];
  const faults = reasons.filter(({ code }) => !notes.has(code));
  const byRule = new Map<AlertRule, Reason[]>();
  for (const reason of faults) {
    const rule = ruleOfReason(reason);
    byRule.set(rule, [...(byRule.get(rule) ?? []), reason]);
  }
  return [...byRule].map(([rule, of]) => at(rule, of));
}

function ruleOfReason({ code }: Reason): AlertRule {
  if (code === 'standalone-in-production' || code === 'no-redundancy') return 'no-redundancy';
  return ruleOfCode[code] ?? 'edge-degraded';
}

/** A standalone edge has no other that serves in its place. */
function aloneDown({ name }: EdgeView): Partial<Condition> {
  return { severity: 'critical', forMs: 0, words: `Users of ${name} are cut off: it is down.` };
}

function subjectOf({
  id,
  name,
  site,
}: Row): Pick<Condition, 'rowId' | 'name' | 'site' | 'edgeId' | 'edgeName'> {
  return { rowId: id, name, site, edgeId: null, edgeName: null };
}
