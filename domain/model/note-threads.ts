import type { HeronEvent, RecordedEvent } from './event';

export type NoteEvent = Extract<HeronEvent, { type: 'note' }>;

export interface RecordedNote {
  id: number;
  event: NoteEvent;
}

/** The current version of a note, and its earlier versions, the latest first. */
export interface NoteThread {
  /** The row number of its first event, which stays the same when the note is edited. */
  firstId: number;
  latest: RecordedNote;
  earlier: RecordedNote[];
}

/** The notes among events, each with its versions, in the order they were created. Of two that replace the same one, the later counts. */
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

/** Which notes to list: those of an incident, of a cluster, or all. */
export interface NotesOf {
  incident?: { id: number; startMs: number; endMs: number | null; clusterIds: readonly string[] } | null;
  clusterId?: string | null;
}

/**
 * Notes of an incident are those about it, and those about a time within it on one of its clusters. Notes of a cluster are all
 * on its timeline.
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

/** The events without notes that were replaced or withdrawn. */
export function withoutReplacedNotes(events: readonly RecordedEvent[]): RecordedEvent[] {
  const gone = new Set<number>();
  for (const { latest, earlier } of noteThreads(events)) {
    for (const { id } of earlier) gone.add(id);
    if (latest.event.withdrawn) gone.add(latest.id);
  }
  return gone.size === 0 ? [...events] : events.filter(({ id }) => !gone.has(id));
}
