/** The ledger: what proves that a history was not altered. Append-only and chained, as the events are. */
export const sql = /* sql */ `
-- kind: 'key' (a public key enters), 'seal' (digests of what was made since the seal before), 'signature' (by the key, over
-- the heads of ledger and events), 'prune' (what retention removed). body is canonical JSON, hash chains each row to the
-- one before: see docs/history-format.md.
CREATE TABLE ledger (
  id            INTEGER PRIMARY KEY,
  at_ms         INTEGER NOT NULL,
  kind          TEXT    NOT NULL CHECK (kind IN ('key', 'seal', 'signature', 'prune')),
  body          TEXT    NOT NULL,
  hash          BLOB    NOT NULL CHECK (length(hash) = 32),
  previous_hash BLOB    NOT NULL CHECK (length(previous_hash) = 32)
) STRICT;
CREATE INDEX ledger_by_kind ON ledger (kind, id);

CREATE TRIGGER ledger_keep_update BEFORE UPDATE ON ledger
BEGIN SELECT RAISE(ABORT, 'the ledger is never changed'); END;
CREATE TRIGGER ledger_keep_delete BEFORE DELETE ON ledger
BEGIN SELECT RAISE(ABORT, 'the ledger is never shortened'); END;
CREATE TRIGGER ledger_in_order BEFORE INSERT ON ledger
WHEN NEW.id IS NOT (SELECT coalesce(max(id), 0) + 1 FROM ledger)
  OR (NEW.id > 1 AND NEW.previous_hash IS NOT (SELECT hash FROM ledger WHERE id = NEW.id - 1))
BEGIN SELECT RAISE(ABORT, 'a ledger row must follow the last one'); END;

-- Spans and runs that ended since the last seal: the next one covers them, and empties this.
CREATE TABLE unsealed_ends (
  what   TEXT    NOT NULL CHECK (what IN ('span', 'run')),
  number INTEGER NOT NULL,
  PRIMARY KEY (what, number)
) WITHOUT ROWID, STRICT;
INSERT INTO unsealed_ends SELECT 'span', id FROM spans WHERE to_ms IS NOT NULL;
INSERT INTO unsealed_ends SELECT 'run', id FROM monitor_runs WHERE ended <> 'running';

CREATE TRIGGER spans_end_update AFTER UPDATE OF to_ms ON spans WHEN NEW.to_ms IS NOT NULL
BEGIN INSERT INTO unsealed_ends VALUES ('span', NEW.id); END;
CREATE TRIGGER spans_end_insert AFTER INSERT ON spans WHEN NEW.to_ms IS NOT NULL
BEGIN INSERT INTO unsealed_ends VALUES ('span', NEW.id); END;
CREATE TRIGGER runs_end_update AFTER UPDATE OF ended ON monitor_runs WHEN NEW.ended <> 'running'
BEGIN INSERT INTO unsealed_ends VALUES ('run', NEW.id); END;

-- What a seal covers stays as it is: a span's beginning at once, all of a span or run once it has ended.
CREATE TRIGGER spans_keep BEFORE UPDATE ON spans
WHEN OLD.to_ms IS NOT NULL OR (OLD.id, OLD.kind, OLD.subject, OLD.state, OLD.reasons, OLD.from_ms)
  IS NOT (NEW.id, NEW.kind, NEW.subject, NEW.state, NEW.reasons, NEW.from_ms)
BEGIN SELECT RAISE(ABORT, 'a span only ever gets its end'); END;
CREATE TRIGGER runs_keep BEFORE UPDATE ON monitor_runs
WHEN OLD.ended <> 'running' OR (OLD.id, OLD.start_ms, OLD.version, OLD.host, OLD.time_zone)
  IS NOT (NEW.id, NEW.start_ms, NEW.version, NEW.host, NEW.time_zone)
BEGIN SELECT RAISE(ABORT, 'a run that has ended is never changed'); END;
`;
