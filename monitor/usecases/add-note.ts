import type { HistoryReadable } from '../../db/client/history';
import type { HeronEvent, RecordedEvent } from '../../domain/model/event';
import type { NewNote } from '../../domain/model/note';
import { RequestRefused } from '../../domain/contract/request-refused';

type Note = Extract<HeronEvent, { type: 'note' }>;

/** Where notes go, and what they may be about. */
export interface NoteDesk {
  history: Pick<HistoryReadable, 'events'>;
  /** Null: the history has no such cluster (or standalone edge) now. */
  nameOf(clusterId: string): string | null;
  /** Answers null when the note had to be dropped. */
  write(event: HeronEvent): Promise<RecordedEvent | null>;
  /** Why nothing can be written at the moment, in words; null: it can. */
  refusal(): string | null;
}

/**
 * Writes a note down. A note that replaces another stays where that one was: its place and its subject are taken from there. An
 * incident's note stands at the incident's first event. `nowMs`: UTC now. Throws RequestRefused.
 */
export async function addNote(desk: NoteDesk, asked: NewNote, nowMs: number): Promise<RecordedEvent> {
  const refusal = desk.refusal();
  if (refusal !== null) {
    throw new RequestRefused({
      what: 'The note was not written: the history cannot be written now.',
      where: refusal,
      todo: 'Keep the text. Write the note again once the history is written again.',
    });
  }
  const place = await (asked.replaces === null
    ? placeOf(desk, asked, nowMs)
    : placeOfReplaced(desk, asked.replaces));
  const { author, text, replaces } = asked;
  const withdrawn = replaces !== null && asked.withdrawn;
  const event: Note = { type: 'note', ...place, recordedAtMs: nowMs, author, text, replaces, withdrawn };
  const written = await desk.write(event);
  if (written === null) {
    throw new RequestRefused({
      what: 'The note was not written.',
      where: 'The history could not be written for so long that it was dropped.',
      todo: 'Write the note again.',
    });
  }
  return written;
}

type Place = Pick<Note, 'timeMs' | 'clusterId' | 'clusterName' | 'about'>;

async function placeOf(desk: NoteDesk, { about, clusterId }: NewNote, nowMs: number): Promise<Place> {
  if (about.kind === 'incident') {
    const first = await eventOf(desk, about.incidentId);
    if (!first) throw notThere(`event ${about.incidentId}`, 'The incident is of another history.');
    const { event } = first;
    const named = 'clusterId' in event ? event : { clusterId: null, clusterName: null };
    return { timeMs: event.timeMs, clusterId: named.clusterId, clusterName: named.clusterName, about };
  }
  const timeMs = about.kind === 'time' ? about.fromMs : nowMs;
  if (clusterId === null) return { timeMs, clusterId: null, clusterName: null, about };
  const clusterName = desk.nameOf(clusterId);
  if (clusterName === null) throw notThere(`cluster ${clusterId}`, 'It is not in the inventory.');
  return { timeMs, clusterId, clusterName, about };
}

async function placeOfReplaced(desk: NoteDesk, replaces: number): Promise<Place> {
  const replaced = await eventOf(desk, replaces);
  if (replaced?.event.type !== 'note') throw notThere(`note ${replaces}`, 'There is no such note.');
  const { timeMs, clusterId, clusterName, about } = replaced.event;
  return { timeMs, clusterId, clusterName, about };
}

async function eventOf(desk: NoteDesk, id: number): Promise<RecordedEvent | null> {
  const [event] = await desk.history.events({ clusterId: null, types: null, beforeId: id + 1, limit: 1 });
  return event?.id === id ? event : null;
}

function notThere(where: string, what: string): RequestRefused {
  return new RequestRefused({
    what: `The note was not written. ${what}`,
    where,
    todo: 'Open the page again, and write the note there.',
  });
}
