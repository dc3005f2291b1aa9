/**
 * Sealed hours: finished time leaves `samples` and is kept as chunks and rollups, written once and never changed. Also why
 * a state was what it was, and steps of the machine's clock.
 */
export const sql = /* sql */ `
-- One act of sealing. level 1: an hour (its chunks and minute rollups), 2: a UTC day (its hour rollups), 3: a UTC month
-- (the days' hour rollups again, as one). period: the hour, day or month, counted from 1970-01-01. finished_ms is null
-- while it is under way. Samples that come late (the clock was set back) get another sealing of the same hour, which adds
-- to the earlier ones and changes none of them.
CREATE TABLE sealings (
  id          INTEGER PRIMARY KEY,
  level       INTEGER NOT NULL CHECK (level IN (1, 2, 3)),
  period      INTEGER NOT NULL CHECK (period >= 0),
  begun_ms    INTEGER NOT NULL,
  finished_ms INTEGER
) STRICT;
CREATE INDEX sealings_by_period ON sealings (level, period);
CREATE UNIQUE INDEX sealings_open ON sealings (finished_ms IS NULL) WHERE finished_ms IS NULL;

-- One edge's samples of one UTC hour (hour = UTC ms / 3,600,000, rounded down), as columns: see docs/history-format.md.
-- sha256 is that of body, and stands before it so that digests can be read without it.
CREATE TABLE chunks (
  id      INTEGER PRIMARY KEY,
  hour    INTEGER NOT NULL,
  edge    INTEGER NOT NULL,
  sealing INTEGER NOT NULL REFERENCES sealings (id),
  samples INTEGER NOT NULL CHECK (samples > 0),
  sha256  BLOB    NOT NULL CHECK (length(sha256) = 32),
  body    BLOB    NOT NULL
) STRICT;
CREATE UNIQUE INDEX chunks_by_hour ON chunks (hour, edge, sealing);

-- Minimum, average, maximum and count of one edge's samples. level 1: a row a minute, period is the hour. level 2: a row
-- an hour, period is the day. level 3: a row an hour, period is the month.
CREATE TABLE rollups (
  id      INTEGER PRIMARY KEY,
  level   INTEGER NOT NULL CHECK (level IN (1, 2, 3)),
  period  INTEGER NOT NULL,
  edge    INTEGER NOT NULL,
  sealing INTEGER NOT NULL REFERENCES sealings (id),
  sha256  BLOB    NOT NULL CHECK (length(sha256) = 32),
  body    BLOB    NOT NULL
) STRICT;
CREATE UNIQUE INDEX rollups_by_period ON rollups (level, period, edge, sealing);

CREATE TRIGGER chunks_keep_update BEFORE UPDATE ON chunks
BEGIN SELECT RAISE(ABORT, 'chunks are never changed'); END;
CREATE TRIGGER rollups_keep_update BEFORE UPDATE ON rollups
BEGIN SELECT RAISE(ABORT, 'rollups are never changed'); END;

-- Why the state was what it was: canonical JSON of a list of reasons; null where a state has none (roles, older rows).
ALTER TABLE spans ADD COLUMN reasons TEXT CHECK (reasons IS NULL OR json_valid(reasons));
-- What a seal covers: spans that ended in an hour.
CREATE INDEX spans_by_end ON spans (to_ms);
CREATE INDEX events_by_time ON events (time_ms);

-- The machine's clock was set, or the machine slept, while a run went on: at_ms by the clock after it, by_ms what it
-- gained (negative: set back).
CREATE TABLE clock_steps (
  id    INTEGER PRIMARY KEY,
  run   INTEGER NOT NULL REFERENCES monitor_runs (id),
  at_ms INTEGER NOT NULL,
  by_ms INTEGER NOT NULL
) STRICT;
`;
