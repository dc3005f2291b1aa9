import * as first from './0001-first';
import * as sealedHours from './0002-sealed-hours';
import * as ledger from './0003-ledger';
import * as reading from './0004-reading';
import * as numberedRows from './0005-numbered-rows';
import * as predictedColumns from './0006-predicted-columns';

/** One step from the version before to `version`. Append-only: a released step never changes. */
export interface Migration {
  version: number;
  name: string;
  sql: string;
}

/** Every step, in order, without holes. */
export const migrations: readonly Migration[] = [
  { version: 1, name: 'first', sql: first.sql },
  { version: 2, name: 'sealed-hours', sql: sealedHours.sql },
  { version: 3, name: 'ledger', sql: ledger.sql },
  { version: 4, name: 'reading', sql: reading.sql },
  { version: 5, name: 'numbered-rows', sql: numberedRows.sql },
  { version: 6, name: 'predicted-columns', sql: predictedColumns.sql },
];

/** The oldest version that is read as it is: its tables are those of the latest. */
export const oldestReadableVersion = 4;

/** The version this Heron reads and writes. */
export function latestVersion(steps: readonly Migration[]): number {
  return steps.at(-1)?.version ?? 0;
}
