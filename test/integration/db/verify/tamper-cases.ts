import type { BadRecord } from '../../../../db/verify/findings';
import { noonMs } from '../../../fixtures/history/history-entries';

const firstHour = noonMs / 3_600_000;

/** What was done to the copy, and what must be named: table and row, hour or edge. */
export const tamperCases: [what: string, sql: string, bad: Partial<BadRecord>, words: RegExp][] = [
  [
    'the body of an event edited',
    `UPDATE events SET body = replace(body, '"changes":6', '"changes":7') WHERE id = 4`,
    { table: 'events', id: 4 },
    /Event 4 was changed/,
  ],
  [
    'the time column of an event edited, not its body',
    'UPDATE events SET time_ms = time_ms + 1 WHERE id = 7',
    { table: 'events', id: 7 },
    /do not repeat what its body says/,
  ],
  ['a middle event deleted', 'DELETE FROM events WHERE id = 5', { table: 'events', id: 5 }, /5 is missing/],
  [
    'two events swapped',
    `UPDATE events SET id = -3 WHERE id = 3; UPDATE events SET id = 3 WHERE id = 8; UPDATE events SET id = 8 WHERE id = -3`,
    { table: 'events', id: 3 },
    /Event 3 does not follow event 2/,
  ],
  [
    'the last events deleted',
    'DELETE FROM events WHERE id > 10',
    { table: 'events', id: 11 },
    /Event 11 is missing: ledger row \d+ knows events up to 12/,
  ],
  ['all events deleted', 'DELETE FROM events', { table: 'events', id: 1 }, /Event 1 is missing/],
  [
    'a ledger row edited',
    `UPDATE ledger SET body = replace(body, '"hour":', '"hour":1') WHERE id = 6`,
    { table: 'ledger', id: 6 },
    /row 6 was changed/,
  ],
  ['a ledger row deleted', 'DELETE FROM ledger WHERE id = 4', { table: 'ledger', id: 4 }, /4 is missing/],
  [
    'the end of the ledger deleted',
    'DELETE FROM ledger WHERE id > 9',
    { table: 'ledger', id: 10 },
    /run 1 was closed, and the seal of its closing is not here/,
  ],
  [
    'the end of the ledger deleted, and the run made to look as if it had been killed',
    `DELETE FROM ledger WHERE id > 7; UPDATE monitor_runs SET ended = 'lost'`,
    { table: 'ledger', id: 8 },
    /Ledger row 8 is missing: nothing sealed/,
  ],
  [
    'a byte of a chunk changed',
    `UPDATE chunks SET body = CAST(x'00' || substr(body, 2) AS BLOB) WHERE hour = ${firstHour + 2} AND edge = 5`,
    { table: 'chunks', period: firstHour + 2 },
    /2026-11-22T14Z\) was changed: its body does not have its digest/,
  ],
  [
    'a chunk changed together with its digest',
    `UPDATE chunks SET samples = 2, sha256 = zeroblob(32) WHERE hour = ${firstHour + 2} AND edge = 5`,
    { table: 'chunks', period: firstHour + 2 },
    /its body does not have its digest/,
  ],
  [
    'the number of samples of a chunk changed',
    `UPDATE chunks SET samples = 2 WHERE hour = ${firstHour + 3} AND edge = 6`,
    { table: 'chunks', period: firstHour + 3, edge: 'fra-03' },
    /edge fra-03 .* was changed/,
  ],
  [
    'a chunk deleted',
    `DELETE FROM chunks WHERE hour = ${firstHour} AND edge = (SELECT number FROM edges WHERE id = 'ams-01')`,
    { table: 'chunks', period: firstHour, edge: 'ams-01' },
    /is missing \(sealed in ledger row 2\)/,
  ],
  [
    'a chunk put in among those of a sealed hour',
    `INSERT INTO edges VALUES (99, 'ghost', 0); INSERT INTO chunks (hour, edge, sealing, samples, sha256, body)
     SELECT hour, 99, sealing, samples, sha256, body FROM chunks WHERE hour = ${firstHour + 1} AND edge = 1`,
    { table: 'chunks', period: firstHour + 1, edge: 'ghost' },
    /was put in later/,
  ],
  [
    'a chunk moved to an hour in which nothing was sealed',
    `UPDATE chunks SET hour = hour - 100 WHERE hour = ${firstHour + 1} AND edge = 1`,
    { table: 'chunks', period: firstHour + 1 },
    /is missing/,
  ],
  [
    'a chunk put in where no sealing was',
    `INSERT INTO chunks (hour, edge, sealing, samples, sha256, body)
     SELECT hour - 100, edge, sealing, samples, sha256, body FROM chunks LIMIT 1`,
    { table: 'chunks', period: firstHour - 100 },
    /belongs to no sealing of its period/,
  ],
  [
    'a rollup deleted',
    `DELETE FROM rollups WHERE level = 1 AND period = ${firstHour + 4} AND edge = 5`,
    { table: 'rollups', period: firstHour + 4 },
    /is missing/,
  ],
  ['a rollup swapped with another', swapBodies('rollups'), { table: 'rollups' }, /was changed/],
  [
    'the end of a span moved',
    'UPDATE spans SET to_ms = to_ms + 60000 WHERE id = 7',
    { table: 'spans', id: 7 },
    /spans row 7 was changed/,
  ],
  [
    'a span that ended opened again',
    'UPDATE spans SET to_ms = NULL WHERE id = 3',
    { table: 'spans', id: 3 },
    /spans row 3 was changed/,
  ],
  [
    'the state of a span changed',
    "UPDATE spans SET state = 'up' WHERE id = 2",
    { table: 'spans', id: 2 },
    /spans row 2 was changed/,
  ],
  ['a span deleted', 'DELETE FROM spans WHERE id = 9', { table: 'spans', id: 9 }, /row 9 is missing/],
  [
    'a span put in after all others',
    "INSERT INTO spans (kind, subject, state, from_ms, to_ms) VALUES ('lb-role', 'fra-01', 'master', 0, 1)",
    { table: 'spans', id: 33 },
    /put in after the history was closed/,
  ],
  [
    'an inventory version changed',
    `UPDATE inventory_versions SET body = replace(body, '10.20.0.10', '10.20.0.99') WHERE id = 2`,
    { table: 'inventory_versions', id: 2 },
    /Inventory version 2 was changed/,
  ],
  [
    'an inventory version made to be in force earlier',
    'UPDATE inventory_versions SET at_ms = at_ms - 1 WHERE id = 1',
    { table: 'inventory_versions', id: 1 },
    /inventory_versions row 1 was changed/,
  ],
  [
    'a run made longer',
    'UPDATE monitor_runs SET watched_until_ms = watched_until_ms + 1',
    { table: 'monitor_runs', id: 1 },
    /monitor_runs row 1 was changed/,
  ],
  [
    'the names of two edges swapped',
    `UPDATE edges SET id = 'x' WHERE number = 4; UPDATE edges SET id = (SELECT id FROM edges WHERE number = 5) || ' ' WHERE number = 4`,
    { table: 'edges', id: 4 },
    /edges row 4 was changed/,
  ],
  ['a sealing deleted', 'DELETE FROM sealings WHERE id = 3', { table: 'sealings', id: 3 }, /is missing/],
  [
    'a hot sample changed',
    'UPDATE samples SET sessions = 1000 WHERE edge = 4 AND minute = (SELECT max(minute) FROM samples)',
    { table: 'samples' },
    /The samples of minute \d+ \(2026-11-22T17:00:00.000Z\) differ/,
  ],
  [
    'the id of the history changed',
    "UPDATE meta SET value = 'other' WHERE key = 'history-id'",
    { table: 'events', id: 1 },
    /does not follow event 0/,
  ],
];

function swapBodies(table: string): string {
  return `CREATE TEMP TABLE two AS SELECT id, body, sha256 FROM ${table} WHERE id IN (5, 6);
    UPDATE ${table} SET body = (SELECT body FROM two WHERE two.id = 11 - ${table}.id),
      sha256 = (SELECT sha256 FROM two WHERE two.id = 11 - ${table}.id) WHERE id IN (5, 6);`;
}
