/** What a verification checks, in the order in which the results are shown. */
export const checkNames = [
  'file',
  'extract',
  'events',
  'ledger',
  'keys',
  'signatures',
  'sealed hours',
  'chunks',
  'rollups',
  'spans',
  'monitor runs',
  'inventories',
  'names',
  'samples',
  'prunings',
  'anchor',
] as const;
export type CheckName = (typeof checkNames)[number];

/** A row that differs from what was sealed. `id` is its number, where it has one. */
export interface BadRecord {
  table: string;
  id: number | null;
  /** UTC hour, day or month since 1970, for chunks and rollups. */
  period: number | null;
  edge: string | null;
  /** One sentence: which record, and what differs. */
  words: string;
}

/**
 * `ok`: all of it was examined and is as it was written. `bad`: it is not. `open`: part of it is covered by no seal or signature, and
 * the rest is as it was written.
 */
export interface Check {
  name: CheckName;
  count: number;
  /** What was counted: "rows", "signatures". */
  unit: string;
  result: 'ok' | 'bad' | 'open';
  words: string;
  bad: BadRecord | null;
  /** Of an open check: UTC milliseconds of the first record that is not proven, where that is before the last signature; else null. */
  openFromMs: number | null;
}
