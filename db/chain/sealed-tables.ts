/**
 * The lines of each table that a seal covers (row-digest.ts), as SQL: what a row is for the proof. Docs/history-format.md
 * repeats them, so that anyone can ask SQLite for the same lines.
 */
export interface SealedTable {
  /** The member of a seal's body. */
  name: SealedTableName;
  /** The table, in words of its rows. */
  table: string;
  /** The column a seal numbers the rows by. */
  key: string;
  /** The expression that makes a row's line. */
  line: string;
}

export type SealedTableName =
  | 'sealings'
  | 'spansBegun'
  | 'spansEnded'
  | 'runsBegun'
  | 'runsEnded'
  | 'clockSteps'
  | 'inventoryVersions'
  | 'clusters'
  | 'edges';

const spanBegun = 'id, kind, subject, state, reasons, from_ms';
const runBegun = 'id, start_ms, version, host, time_zone';

/** Tables whose rows are numbered by themselves. */
export const sealedTables: Record<SealedTableName, SealedTable> = {
  sealings: asTable('sealings', 'sealings', 'id', 'id, level, period, begun_ms, finished_ms'),
  spansBegun: asTable('spansBegun', 'spans', 'id', spanBegun),
  spansEnded: asTable('spansEnded', 'spans', 'id', `${spanBegun}, to_ms`),
  runsBegun: asTable('runsBegun', 'monitor_runs', 'id', runBegun),
  runsEnded: asTable('runsEnded', 'monitor_runs', 'id', `${runBegun}, watched_until_ms, ended`),
  clockSteps: asTable('clockSteps', 'clock_steps', 'id', 'id, run, at_ms, by_ms'),
  inventoryVersions: asTable(
    'inventoryVersions',
    'inventory_versions',
    'id',
    'id, at_ms, lower(hex(sha256))',
  ),
  clusters: asTable('clusters', 'clusters', 'number', 'number, id, first_seen_ms'),
  edges: asTable('edges', 'edges', 'number', 'number, id, first_seen_ms'),
};

/** The line of a chunk. Its body is represented by the digest in the same row. */
export const chunkLine = 'json_array(hour, edge, sealing, samples, lower(hex(sha256)))';

/** The line of a rollup. */
export const rollupLine = 'json_array(level, period, edge, sealing, lower(hex(sha256)))';

/** The line of a hot sample: its columns in their order. */
export const sampleLine = `json_array(minute, edge, ms, answered, latency_us, cpu_centipercent, swap_centipercent, sessions,
  proxy_in_bps, proxy_out_bps, lb_in_bps, lb_out_bps)`;

function asTable(name: SealedTableName, table: string, key: string, columns: string): SealedTable {
  return { name, table, key, line: `json_array(${columns})` };
}
