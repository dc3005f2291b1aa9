/**
 * The first shape of a history. Times are UTC milliseconds since 1970. Once released this text never changes: the next
 * change is the next number.
 */
export const sql = /* sql */ `
CREATE TABLE meta (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID, STRICT;

-- Each start of the monitor. ended: 'running', 'closed' (by itself), 'lost' (killed, or the machine went away).
-- watched_until_ms: when the last committed batch was handed over. Nothing is known after it.
CREATE TABLE monitor_runs (
  id               INTEGER PRIMARY KEY,
  start_ms         INTEGER NOT NULL,
  watched_until_ms INTEGER NOT NULL,
  ended            TEXT    NOT NULL CHECK (ended IN ('running', 'closed', 'lost')),
  version          TEXT    NOT NULL,
  host             TEXT    NOT NULL,
  time_zone        TEXT    NOT NULL
) STRICT;

-- Every inventory that was ever in force, as canonical JSON. Never a password: the format has no place for one.
CREATE TABLE inventory_versions (
  id     INTEGER PRIMARY KEY,
  at_ms  INTEGER NOT NULL,
  body   TEXT    NOT NULL,
  sha256 BLOB    NOT NULL CHECK (length(sha256) = 32)
) STRICT;

CREATE TRIGGER inventory_versions_keep_update BEFORE UPDATE ON inventory_versions
BEGIN SELECT RAISE(ABORT, 'inventory versions are never changed'); END;
CREATE TRIGGER inventory_versions_keep_delete BEFORE DELETE ON inventory_versions
BEGIN SELECT RAISE(ABORT, 'inventory versions are never deleted'); END;

-- Short numbers for the ids, so that rows stay small. An edge keeps its number for good.
CREATE TABLE clusters (
  number        INTEGER PRIMARY KEY,
  id            TEXT    NOT NULL UNIQUE,
  first_seen_ms INTEGER NOT NULL
) STRICT;
CREATE TABLE edges (
  number        INTEGER PRIMARY KEY,
  id            TEXT    NOT NULL UNIQUE,
  first_seen_ms INTEGER NOT NULL
) STRICT;

-- Readings as numbers. Time is split into minute and milliseconds within it: rows written together lie together, and one
-- edge's minute is one short run of rows. answered = 0: the poll was not answered, and all else is null.
CREATE TABLE samples (
  minute           INTEGER NOT NULL,
  edge             INTEGER NOT NULL,
  ms               INTEGER NOT NULL CHECK (ms BETWEEN 0 AND 59999),
  answered         INTEGER NOT NULL CHECK (answered IN (0, 1)),
  latency_us       INTEGER,
  cpu_centipercent INTEGER,
  swap_centipercent INTEGER,
  sessions         INTEGER,
  proxy_in_bps     INTEGER,
  proxy_out_bps    INTEGER,
  lb_in_bps        INTEGER,
  lb_out_bps       INTEGER,
  PRIMARY KEY (minute, edge, ms)
) WITHOUT ROWID, STRICT;

-- A state with a beginning and an end; to_ms is null while it lasts. One open span for each subject and kind.
CREATE TABLE spans (
  id      INTEGER PRIMARY KEY,
  kind    TEXT    NOT NULL CHECK (kind IN ('edge-health', 'lb-role', 'cluster-health')),
  subject TEXT    NOT NULL,
  state   TEXT    NOT NULL,
  from_ms INTEGER NOT NULL,
  to_ms   INTEGER CHECK (to_ms >= from_ms)
) STRICT;
CREATE INDEX spans_by_subject ON spans (subject, from_ms, to_ms);
CREATE UNIQUE INDEX spans_open ON spans (kind, subject) WHERE to_ms IS NULL;

-- What happened. body is canonical JSON; time_ms, recorded_ms, type, cluster and edge repeat parts of it for searching.
-- hash chains each row to the one before: see db/chain/event-chain.ts.
CREATE TABLE events (
  id            INTEGER PRIMARY KEY,
  time_ms       INTEGER NOT NULL,
  recorded_ms   INTEGER NOT NULL,
  type          TEXT    NOT NULL,
  cluster       TEXT,
  edge          TEXT,
  body          TEXT    NOT NULL,
  hash          BLOB    NOT NULL CHECK (length(hash) = 32),
  previous_hash BLOB    NOT NULL CHECK (length(previous_hash) = 32)
) STRICT;
CREATE INDEX events_by_cluster ON events (cluster, id);
CREATE INDEX events_by_type ON events (type, id);
CREATE INDEX events_moved ON events (cluster, id) WHERE type IN ('failover', 'failback');

CREATE TRIGGER events_keep_update BEFORE UPDATE ON events
BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;
CREATE TRIGGER events_keep_delete BEFORE DELETE ON events
BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END;
-- Also stops INSERT OR REPLACE, and a row that does not follow the last one.
CREATE TRIGGER events_in_order BEFORE INSERT ON events
WHEN NEW.id IS NOT (SELECT coalesce(max(id), 0) + 1 FROM events)
  OR (NEW.id > 1 AND NEW.previous_hash IS NOT (SELECT hash FROM events WHERE id = NEW.id - 1))
BEGIN SELECT RAISE(ABORT, 'an event must follow the last one'); END;
`;
