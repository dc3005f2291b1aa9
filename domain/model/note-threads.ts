import type { HeronEvent, RecordedEvent } from './event';

export type NoteEvent = Extract<HeronEvent, { type: 'note' }>;

export interface RecordedNote {
  id: number;
  event: NoteEvent;
}

/** A note as it stands now, and what it said before, the latest first. */
export interface NoteThread {
  /** The number of the first of its events: it stays when the note is edited. */
  firstId: number;
  latest: RecordedNote;
  earlier: RecordedNote[];
}

/** The notes among events, each with its history, in the order they were first written. Of two that replace one, the later counts. */
export function noteThreads(events: readonly RecordedEvent[]): NoteThread[] {
  const threads: NoteThread[] = [];
  const threadOf = new Map<number, NoteThread>();
  const notes = events.flatMap(({ id, event }) => (event.type === 'note' ? [{ id, event }] : []));
  for (const { id, event } of notes.sort((a, b) => a.id - b.id)) {
    const known = event.replaces === null ? undefined : threadOf.get(event.replaces);
    if (known) {
      known.earlier.unshift(known.latest);
      known.latest = { id, event };
      threadOf.set(id, known);
      continue;
    }
    const thread = { firstId: id, latest: { id, event }, earlier: [] };
    threads.push(thread);
    threadOf.set(id, thread);
  }
  return threads;
}

/** Which notes to list: of one incident, of one cluster, or all of them. */
export interface NotesOf {
  incident?: { id: number; startMs: number; endMs: number | null; clusterIds: readonly string[] } | null;
  clusterId?: string | null;
}

/**
 * Notes of an incident are those written about it, and those about a time in it on one of its clusters. Notes of a cluster are
 * all that stand on its timeline.
 */
export function notesOf(threads: readonly NoteThread[], { incident, clusterId }: NotesOf): NoteThread[] {
  return threads.filter(({ latest: { event } }) => {
    if (clusterId && event.clusterId !== clusterId) return false;
    if (!incident) return true;
    if (event.about.kind === 'incident') return event.about.incidentId === incident.id;
    if (event.about.kind !== 'time') return false;
    const here = event.clusterId === null || incident.clusterIds.includes(event.clusterId);
    return here && event.about.fromMs <= (incident.endMs ?? Infinity) && event.about.toMs >= incident.startMs;
  });
}

/** The latest state of each note that is meant still; what was replaced or withdrawn is left out. Other events stay as they are. */
export function withoutReplacedNotes(events: readonly RecordedEvent[]): RecordedEvent[] {
  const gone = new Set<number>();
  for (const { latest, earlier } of noteThreads(events)) {
    for (const { id } of earlier) gone.add(id);
    if (latest.event.withdrawn) gone.add(latest.id);
  }
  return gone.size === 0 ? [...events] : events.filter(({ id }) => !gone.has(id));
}
