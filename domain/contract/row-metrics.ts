import { z } from 'zod';
import type { RoleWitness } from '../model/role';
import type { ClusterView, EdgeView } from '../model/snapshot';

/*
 * From second to second mostly a few metrics of a row change: ages, rates, shares, and what the traffic shows about a role.
 * Those cross to the page alone; a row in which anything else changed crosses whole (docs/adr/0010-metrics-on-the-wire.md).
 */

/** The order is part of the format: a metric's code is its index. */
const edgeMetrics = [
  'share',
  'proxyInBitsPerSecond',
  'proxyOutBitsPerSecond',
  'lbInBitsPerSecond',
  'sessions',
  'cpuPercent',
  'swapPercent',
  'uptimeMs',
  'latencyMs',
  'lastAnswerMs',
  'lastPollMs',
] as const satisfies readonly (keyof EdgeView)[];
const rowMetrics = [
  'bitsPerSecond',
  'evenness',
  'oldestAnswerMs',
] as const satisfies readonly (keyof ClusterView)[];
/** Code of the spare capacity's `peakBitsPerSecond`, which rises often while traffic grows. */
const peakCode = rowMetrics.length;
/** What changes with each reading of the traffic. Codes after the edge's own metrics, three per witness. */
const witnessMetrics = ['said', 'confidence', 'maxAgeMs'] as const satisfies readonly (keyof RoleWitness)[];
/** Offset of codes: once for the first edge, twice for the second, and so on. */
const codesPerEdge = 32;
const mostWitnesses = Math.floor((codesPerEdge - edgeMetrics.length) / witnessMetrics.length);

type Metric = number | null;
type Fields = Record<string, unknown>;

/**
 * Changed metrics of several rows in one flat list, because a thousand rows cross twice a second. For each of `ids`: how many
 * of its metrics changed, then code and value of each. Where the value is a text, it is the index in `texts`.
 */
export const changedMetricsSchema = z
  .object({
    ids: z.custom<string[]>(areStrings),
    values: z.custom<Metric[]>(areMetrics),
    texts: z.custom<string[]>(areStrings),
  })
  .refine(isWellFormed, 'is not a list of metrics for each id');
export type ChangedMetrics = z.infer<typeof changedMetricsSchema>;

function areStrings(value: unknown): boolean {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}

function areMetrics(value: unknown): boolean {
  return Array.isArray(value) && value.every((one) => one === null || Number.isFinite(one));
}

/** Each id has its metrics, and each metric has a code and a value that fits it. */
function isWellFormed({ ids, values, texts }: { ids: string[]; values: Metric[]; texts: string[] }): boolean {
  let at = 0;
  for (let row = 0; row < ids.length; row += 1) {
    const count = values[at];
    if (!isIndex(count)) return false;
    const end = at + 1 + 2 * count;
    if (end > values.length) return false;
    for (at += 1; at < end; at += 2) {
      const code = values[at];
      const value = values[at + 1] ?? null;
      if (!isIndex(code)) return false;
      const field = witnessFieldOf(code);
      if (field === 'said' ? !isIndex(value) || value >= texts.length : field && value === null) return false;
    }
  }
  return at === values.length;
}

function isIndex(value: Metric | undefined): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}

/** The field of a witness that a code means; null when it means another metric. */
function witnessFieldOf(code: number): (typeof witnessMetrics)[number] | null {
  const place = (code % codesPerEdge) - edgeMetrics.length;
  if (code < codesPerEdge || place < 0) return null;
  return witnessMetrics[place % witnessMetrics.length] ?? null;
}

/**
 * Adds the metrics that differ between two states of a row. Returns false and adds nothing when more than metrics changed; then
 * the row must be sent whole.
 */
export function addChangedMetrics(to: ChangedMetrics, before: ClusterView, after: ClusterView): boolean {
  const texts: string[] = [];
  const values = metricsBetween(before, after, (said) => to.texts.length + texts.push(said) - 1);
  if (values === null) return false;
  if (values.length === 0) return true;
  to.ids.push(after.id);
  to.values.push(values.length / 2, ...values);
  to.texts.push(...texts);
  return true;
}

type TextIndex = (said: string) => number;

function metricsBetween(before: ClusterView, after: ClusterView, textIndex: TextIndex): Metric[] | null {
  const changed: Metric[] = [];
  if (before.edges.length !== after.edges.length) return null;
  if (!compare(before, after, rowMetrics, ['edges', 'spare'], 0, changed)) return null;
  if (before.spare !== null && after.spare !== null) {
    if (!compare(before.spare, after.spare, [], ['peakBitsPerSecond'], 0, changed)) return null;
    const peak = after.spare.peakBitsPerSecond;
    if (peak !== before.spare.peakBitsPerSecond) changed.push(peakCode, peak);
  } else if (before.spare !== after.spare) return null;
  for (const [index, edge] of after.edges.entries()) {
    const [known, code] = [before.edges[index], (index + 1) * codesPerEdge];
    if (!known || !compare(known, edge, edgeMetrics, ['witnesses'], code, changed)) return null;
    if (!compareWitnesses(known, edge, code + edgeMetrics.length, changed, textIndex)) return null;
  }
  return changed;
}

function compareWitnesses(
  before: EdgeView,
  after: EdgeView,
  firstCode: number,
  changed: Metric[],
  textIndex: TextIndex,
): boolean {
  if (before.witnesses.length !== after.witnesses.length) return false;
  return after.witnesses.every((witness, index) => {
    const known = before.witnesses[index];
    const code = firstCode + witnessMetrics.length * index;
    if (!known || index >= mostWitnesses) return false;
    if (known.said !== witness.said) changed.push(code, textIndex(witness.said));
    return compare(known, witness, witnessMetrics, ['said'], code, changed);
  });
}

/** Appends the metrics that differ. False when another field differs, except those left out. */
function compare(
  before: object,
  after: object,
  values: readonly string[],
  leftOut: readonly string[],
  firstCode: number,
  changed: Metric[],
): boolean {
  const [was, is] = [before as Fields, after as Fields];
  for (const field of Object.keys(is)) {
    if (was[field] === is[field] || leftOut.includes(field)) continue;
    const metric = values.indexOf(field);
    if (metric >= 0) changed.push(firstCode + metric, is[field] as Metric);
    else if (!isSame(was[field], is[field])) return false;
  }
  return true;
}

function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => isSame((a as Fields)[key], (b as Fields)[key]))
  );
}

/**
 * The rows with the changed metrics, by id. Rows that `rowOf` does not find are skipped. A row is replaced by a new object unless
 * `isWrittenInPlace`: a copy of a thousand rows twice a second is mostly garbage.
 */
export function applyMetrics(
  { ids, values, texts }: ChangedMetrics,
  rowOf: (id: string) => ClusterView | undefined,
  isWrittenInPlace: (row: ClusterView) => boolean = () => false,
): Map<string, ClusterView> {
  const rows = new Map<string, ClusterView>();
  let at = 0;
  for (const id of ids) {
    const end = at + 1 + 2 * (values[at] ?? 0);
    const row = rowOf(id);
    if (row) {
      const next = isWrittenInPlace(row) ? row : copyFor(row, values, at + 1, end);
      setMetrics(next, values, at + 1, end, texts);
      rows.set(id, next);
    }
    at = end;
  }
  return rows;
}

/** A copy of the row in which these metrics can be set; what they do not change is shared. */
function copyFor(row: ClusterView, values: readonly Metric[], from: number, to: number): ClusterView {
  const next: ClusterView = { ...row, edges: [...row.edges] };
  for (let at = from; at < to; at += 2) {
    const code = values[at] ?? 0;
    if (code === peakCode && next.spare === row.spare && row.spare) next.spare = { ...row.spare };
    const of = Math.floor(code / codesPerEdge) - 1;
    const known = row.edges[of];
    if (known && next.edges[of] === known)
      next.edges[of] = { ...known, witnesses: known.witnesses.map((witness) => ({ ...witness })) };
  }
  return next;
}

function setMetrics(
  row: ClusterView,
  values: readonly Metric[],
  from: number,
  to: number,
  texts: readonly string[],
): void {
  for (let at = from; at < to; at += 2) {
    const code = values[at] ?? 0;
    const value = values[at + 1] ?? null;
    const of = Math.floor(code / codesPerEdge);
    const name = rowMetrics[code];
    if (name) (row as Fields)[name] = value;
    else if (code === peakCode && row.spare) row.spare.peakBitsPerSecond = value;
    const edge = of === 0 ? undefined : row.edges[of - 1];
    if (edge) setEdgeMetric(edge, code % codesPerEdge, value, texts);
  }
}

function setEdgeMetric(edge: EdgeView, code: number, value: Metric, texts: readonly string[]): void {
  const name = edgeMetrics[code];
  if (name) {
    (edge as Fields)[name] = value;
    return;
  }
  const witness = edge.witnesses[Math.floor((code - edgeMetrics.length) / witnessMetrics.length)];
  const field = witnessMetrics[(code - edgeMetrics.length) % witnessMetrics.length] ?? 'said';
  if (witness) (witness as Fields)[field] = field === 'said' ? (texts[value ?? -1] ?? '') : value;
}
