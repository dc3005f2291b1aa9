/** Indexes for looking at any instant or range of a long history without walking through the rest of it. */
export const sql = /* sql */ `
-- The state of a subject at an instant is the last of its spans that began before; with the state in the index, the row
-- itself is read only for its reasons. Serves what spans_by_subject did, too.
CREATE INDEX spans_at ON spans (subject, kind, from_ms, to_ms, state);
DROP INDEX spans_by_subject;
-- When a cluster last had no active LB, or an LB last was the active one.
CREATE INDEX spans_in_state ON spans (subject, kind, state, from_ms) WHERE state IN ('master', 'no-active-lb');

CREATE INDEX events_of_cluster_at ON events (cluster, time_ms);
CREATE INDEX events_moved_at ON events (cluster, time_ms) WHERE type IN ('failover', 'failback');
CREATE INDEX events_gaps_at ON events (time_ms) WHERE type = 'gap';
`;
