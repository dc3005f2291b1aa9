import type { RecordedEvent } from '../../../domain/model/event';
import type { NoteAbout } from '../../../domain/model/note';
import type { NoteEvent } from '../../../domain/model/note-threads';
import { eventPlace, eventTypeWords } from '../../../domain/words/events';
import { clockTime, shortMoment, type TimeZoneChoice } from '../../../domain/words/clock';
import type { NoteRequest } from './note-form';

/** What a note is about, in words: "14:02:13 to 14:06:00", "the incident", "fra-02". */
export function aboutWords(
  { about, clusterName }: Pick<NoteEvent, 'about' | 'clusterName'>,
  nowMs: number,
  zone: TimeZoneChoice,
): string {
  switch (about.kind) {
    case 'time': {
      const from = shortMoment(about.fromMs, nowMs, zone);
      const where = clusterName === null ? '' : `${clusterName}, `;
      return about.toMs === about.fromMs
        ? `${where}${from}`
        : `${where}${from} to ${clockTime(about.toMs, zone)}`;
    }
    case 'incident':
      return clusterName === null ? 'the incident' : `the incident in ${clusterName}`;
    case 'cluster':
      return clusterName ?? 'a cluster';
  }
}

/** A note on one time, for all clusters. */
export function noteAt(ms: number): NoteRequest {
  const about: NoteAbout = { kind: 'time', fromMs: Math.round(ms), toMs: Math.round(ms) };
  return { clusterId: null, about, subject: 'This time, all clusters', edits: null };
}

/** A note on the time of an event, with its whole bracket. A note on a note is about the same time. */
export function noteOn({ event }: RecordedEvent): NoteRequest {
  const bracket = 'bracket' in event ? event.bracket : null;
  const about: NoteAbout = {
    kind: 'time',
    fromMs: bracket?.lastOldMs ?? event.timeMs,
    toMs: bracket?.firstNewMs ?? event.timeMs,
  };
  const clusterId = 'clusterId' in event ? event.clusterId : null;
  return { clusterId, about, subject: `${eventTypeWords[event.type]} in ${eventPlace(event)}`, edits: null };
}
