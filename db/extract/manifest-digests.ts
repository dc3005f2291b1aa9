import type Database from 'better-sqlite3';
import { sealRows, type NumberedLine } from '../chain/sealable-rows';
import { chunkLine, rollupLine, sealedTables } from '../chain/sealed-tables';
import type { Manifest } from '../file/manifest';
import { digestHotSamples } from '../seal/closing';

interface ListedTable {
  name: string;
  key: string;
  line: string;
}

const { spansEnded, runsEnded, sealings, clockSteps, inventoryVersions, clusters, edges } = sealedTables;
const chained = 'lower(hex(hash)), lower(hex(previous_hash))';

/** Every table whose rows the manifest digests, and how a row reads as a line. */
export const listedTables: ListedTable[] = [
  ...[inventoryVersions, runsEnded, clockSteps, clusters, edges, spansEnded, sealings].map(
    ({ table, key, line }) => ({ name: table, key, line }),
  ),
  {
    name: 'events',
    key: 'id',
    line: `json_array(id, time_ms, recorded_ms, type, cluster, edge, body, ${chained})`,
  },
  { name: 'chunks', key: 'id', line: `json_array(id, ${chunkLine})` },
  { name: 'rollups', key: 'id', line: `json_array(id, ${rollupLine})` },
  { name: 'ledger', key: 'id', line: `json_array(id, at_ms, kind, body, ${chained})` },
  { name: 'extract_links', key: 'id', line: `json_array(id, body, ${chained})` },
  { name: 'extract_lines', key: 'id', line: 'json_array(id, ledger, sealed, number, line)' },
];

/** The rows of a table as lines for the manifest, ascending. */
export function linesOf(db: Database.Database, { name, key, line }: ListedTable): NumberedLine[] {
  return db.prepare<[], NumberedLine>(`SELECT ${key}, ${line} FROM ${name} ORDER BY ${key}`).raw().all();
}

/** The digests of a file's rows, as its manifest has them. */
export function digestsOf(db: Database.Database): Pick<Manifest, 'tables' | 'samples'> {
  return {
    tables: Object.fromEntries(
      listedTables.map((table) => [table.name, sealRows(linesOf(db, table)) ?? null]),
    ),
    samples: digestHotSamples(db, Infinity) ?? [],
  };
}
