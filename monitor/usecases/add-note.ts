import type { HistoryReadable } from '../../db/client/history';
import type { HeronEvent, RecordedEvent } from '../../domain/model/event';
import type { NewNote } from '../../domain/model/note';
import { RequestRefused } from '../../domain/contract/request-refused';

type Note = Extract<HeronEvent, { type: 'note' }>;

/** What recording a note needs. */
export interface NoteDependencies {
  history: Pick<HistoryReadable, 'events'>;
  /** Null: no such cluster (or standalone edge) is monitored. */
  nameOf(clusterId: string): string | null;
  /** Resolves to null when the note had to be dropped. */
  record(event: HeronEvent): Promise<RecordedEvent | null>;
  /** Why the history cannot be written now, in words; null when it can. */
  refusal(): string | null;
}

/**
 * Records a note. A replacement keeps the time and the subject of the note it replaces. A note on an incident has the time of
 * the incident's first event. `nowMs`: UTC now. Rejects with RequestRefused.
 */
export async function addNote(
  dependencies: NoteDependencies,
  asked: NewNote,
  nowMs: number,
): Promise<RecordedEvent> {
  const refusal = dependencies.refusal();
  if (refusal !== null) {
    throw new RequestRefused({
      what: 'The note was not saved: the history cannot be written now.',
      where: refusal,
      todo: 'Keep the text, and save the note when the history can be written again.',
    });
  }
  const place = await (asked.replaces === null
    ? placeOf(dependencies, asked, nowMs)
    : placeOfReplaced(dependencies, asked.replaces));
  const { author, text, replaces } = asked;
  const withdrawn = replaces !== null && asked.withdrawn;
  const event: Note = { type: 'note', ...place, recordedAtMs: nowMs, author, text, replaces, withdrawn };
  const recorded = await dependencies.record(event);
  if (recorded === null) {
    throw new RequestRefused({
      what: 'The note was not saved.',
      where: 'The history could not be written for too long, so the note was dropped.',
      todo: 'Save the note again.',
    });
  }
  return recorded;
}

type Place = Pick<Note, 'timeMs' | 'clusterId' | 'clusterName' | 'about'>;

async function placeOf(
  dependencies: NoteDependencies,
  { about, clusterId }: NewNote,
  nowMs: number,
): Promise<Place> {
  if (about.kind === 'incident') {
    const first = await eventOf(dependencies, about.incidentId);
    if (!first) throw noSuchSubject(`event ${about.incidentId}`, 'The incident belongs to another history.');
    const { event } = first;
    const named = 'clusterId' in event ? event : { clusterId: null, clusterName: null };
    return { timeMs: event.timeMs, clusterId: named.clusterId, clusterName: named.clusterName, about };
  }
  const timeMs = about.kind === 'time' ? about.fromMs : nowMs;
  if (clusterId === null) return { timeMs, clusterId: null, clusterName: null, about };
  const clusterName = dependencies.nameOf(clusterId);
  if (clusterName === null) throw noSuchSubject(`cluster ${clusterId}`, 'It is not in the inventory.');
  return { timeMs, clusterId, clusterName, about };
}

async function placeOfReplaced(dependencies: NoteDependencies, replaces: number): Promise<Place> {
  const replaced = await eventOf(dependencies, replaces);
  if (replaced?.event.type !== 'note') throw noSuchSubject(`note ${replaces}`, 'There is no such note.');
  const { timeMs, clusterId, clusterName, about } = replaced.event;
  return { timeMs, clusterId, clusterName, about };
}

async function eventOf(dependencies: NoteDependencies, id: number): Promise<RecordedEvent | null> {
  const [event] = await dependencies.history.events({
    clusterId: null,
    types: null,
    beforeId: id + 1,
    limit: 1,
  });
  return event?.id === id ? event : null;
}

function noSuchSubject(where: string, what: string): RequestRefused {
  return new RequestRefused({
    what: `The note was not saved. ${what}`,
    where,
    todo: 'Reload the page, and add the note there.',
  });
}
