import type Database from 'better-sqlite3';
import { z } from 'zod';
import { rangeSchema } from '../../domain/model/history';
import { digestHotSamples } from '../seal/closing';
import { sealRows, type NumberedLine } from '../chain/sealable-rows';
import { chunkLine, rollupLine, sealedTables } from '../chain/sealed-tables';

/*
 * An incident file is a history of just a range: the rows that are needed to show any instant of it, and a manifest that says
 * what it is of and what every row was when the file was made. Its tables are those of a history, and three more.
 */

const rowsSchema = z.strictObject({ rows: z.string(), marks: z.string(), sha256: z.string() });

export const manifestSchema = z.strictObject({
  format: z.literal('heron-extract-1'),
  /** The history it was cut out of; of a redacted file, an id of its own. */
  historyId: z.string().min(1),
  range: rangeSchema,
  /** The clusters (and standalone edges) that were chosen; null: all. */
  clusterIds: z.array(z.string()).nullable(),
  madeMs: z.int(),
  /** Version of the Heron that made it. */
  madeBy: z.string(),
  /** Names and addresses are pseudonyms; the events carry a chain of their own. */
  redacted: z.boolean(),
  /** The last event that was in the history when this was made. */
  lastEventId: z.int().min(0),
  tables: z.record(z.string(), rowsSchema.nullable()),
  samples: z.array(z.strictObject({ minute: z.int(), count: z.int(), sha256: z.string() })),
});
export type Manifest = z.infer<typeof manifestSchema>;

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

/** The rows of a table as the manifest sees them, ascending. */
export function linesOf(db: Database.Database, { name, key, line }: ListedTable): NumberedLine[] {
  return db.prepare<[], NumberedLine>(`SELECT ${key}, ${line} FROM ${name} ORDER BY ${key}`).raw().all();
}

/** What a manifest says of the rows that are in a file now. */
export function digestsOf(db: Database.Database): Pick<Manifest, 'tables' | 'samples'> {
  return {
    tables: Object.fromEntries(
      listedTables.map((table) => [table.name, sealRows(linesOf(db, table)) ?? null]),
    ),
    samples: digestHotSamples(db, Infinity) ?? [],
  };
}
