import { asnType, type Varbind } from '../snmp/codec/varbind';
import { columnsByMetric, type Column } from './columns';
import type { Sample } from './api';

/** One row of a column as an agent would have sent it, and whose it is. */
export interface MetricRow {
  edge: string;
  row: Varbind;
  /** Of its OID, the same in every process run. */
  hash: number;
}

/** OIDs by metric and index, so that those of a fleet are made once. */
const known = new Map<string, { oid: string; hash: number }>();
const maxKnown = 50_000;

/** The SNMP row behind a sample; null: it is none, or its labels or value are not what snmp_exporter makes of one. */
export function metricRow({ labels, value }: Sample): MetricRow | null {
  const { __name__: metric = '', edge } = labels;
  const column = columnsByMetric.get(metric);
  if (!column || edge === undefined) return null;
  const suffix = suffixOf(column, labels);
  if (suffix === null) return null;
  const decoded = valueOf(column, labels, value);
  if (!decoded) return null;
  const key = `${metric} ${suffix}`;
  let place = known.get(key);
  if (!place) {
    const oid = suffix === '' ? column.oid : `${column.oid}.${suffix}`;
    place = { oid, hash: hashOf(oid) };
    if (known.size < maxKnown) known.set(key, place);
  }
  return { edge, row: { oid: place.oid, ...decoded }, hash: place.hash };
}

const indexNumber = /^\d{1,10}$/;

function suffixOf({ index }: Column, { row = '', row2 = '', address = '' }: Sample['labels']): string | null {
  switch (index) {
    case 'exact':
      return '';
    case 'row':
      return indexNumber.test(row) ? row : null;
    case 'two-rows':
      return indexNumber.test(row) && indexNumber.test(row2) ? `${row}.${row2}` : null;
    case 'address':
      return /^\d{1,3}(?:\.\d{1,3}){3}$/.test(address) ? address : null;
  }
}

function valueOf(
  { kind, metric }: Column,
  labels: Sample['labels'],
  value: number,
): Pick<Varbind, 'type' | 'value'> | null {
  switch (kind) {
    case 'text':
      return { type: asnType.octetString, value: Buffer.from(labels[metric] ?? '') };
    case 'octets':
      return {
        type: asnType.octetString,
        value: Buffer.from((labels[metric] ?? '').replace(/^0x/, ''), 'hex'),
      };
    case 'counter64':
      return Number.isInteger(value) && value >= 0 && value <= Number.MAX_SAFE_INTEGER
        ? { type: asnType.counter64, value: counterBytes(value) }
        : null;
    case 'counter32':
      return Number.isInteger(value) ? { type: asnType.counter32, value } : null;
    case 'number':
      // Decoders of gauges and integers take TimeTicks as well; the metric does not tell which of them it was.
      return Number.isInteger(value) ? { type: asnType.timeTicks, value } : null;
  }
}

function counterBytes(counter: number): Buffer {
  // From the pool: a refresh of a large fleet makes tens of thousands of these.
  const bytes = Buffer.allocUnsafe(8);
  bytes.writeBigUInt64BE(BigInt(counter));
  return bytes;
}

/** FNV-1a, 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}
