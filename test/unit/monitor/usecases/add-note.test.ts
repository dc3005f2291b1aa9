import { beforeEach, describe, expect, it } from 'vitest';
import type { HeronEvent, RecordedEvent } from '../../../../domain/model/event';
import { newNoteSchema, type NewNote } from '../../../../domain/model/note';
import { addNote, type NoteDependencies } from '../../../../monitor/usecases/add-note';
import { EventRecord } from '../../../fixtures/incidents/event-record';

const nowMs = EventRecord.at(600);
const asked: NewNote = {
  clusterId: 'a',
  about: { kind: 'cluster' },
  author: 'EU desk',
  text: 'The network team has it.',
  replaces: null,
  withdrawn: false,
};
let events: RecordedEvent[];
let refusal: string | null;
let dropped: boolean;

const dependencies: NoteDependencies = {
  history: {
    events: ({ beforeId, limit }) =>
      Promise.resolve(
        events
          .filter(({ id }) => beforeId === null || id < beforeId)
          .toReversed()
          .slice(0, limit),
      ),
  },
  nameOf: (id) => (id === 'a' ? 'fra-02' : null),
  record: (event: HeronEvent) => {
    if (dropped) return Promise.resolve(null);
    const recorded = { id: events.length + 1, event };
    events.push(recorded);
    return Promise.resolve(recorded);
  },
  refusal: () => refusal,
};

beforeEach(() => {
  events = [...new EventRecord().move(10, 'a-1', 'a-2').events];
  refusal = null;
  dropped = false;
});

describe('a note', () => {
  it('of a cluster stands at the time it was written, under the cluster’s name', async () => {
    expect((await addNote(dependencies, asked, nowMs)).event).toMatchObject({
      timeMs: nowMs,
      clusterName: 'fra-02',
    });
  });

  it('of a time stands there, and says when it was written', async () => {
    const about = { kind: 'time', fromMs: 5_000, toMs: 6_000 } as const;
    const { event } = await addNote(dependencies, { ...asked, about }, nowMs);
    expect(event).toMatchObject({ timeMs: 5_000, recordedAtMs: nowMs });
  });

  it('of a time that no calendar has is refused: later it could not be shown', () => {
    const about = (toMs: number): NewNote => ({ ...asked, about: { kind: 'time', fromMs: 5_000, toMs } });
    expect(newNoteSchema.safeParse(about(9e15)).success).toBe(false);
    expect(newNoteSchema.safeParse(about(Date.UTC(9999, 11, 31))).success).toBe(true);
  });

  it('of an incident stands at its first event, in that event’s cluster', async () => {
    const about = { kind: 'incident', incidentId: 1 } as const;
    const { event } = await addNote(dependencies, { ...asked, clusterId: null, about }, nowMs);
    expect(event).toMatchObject({ timeMs: EventRecord.at(10), clusterId: 'a' });
  });

  it('that replaces another stays in its place, whatever place was asked for', async () => {
    const about = { kind: 'time', fromMs: 5_000, toMs: 6_000 } as const;
    const first = await addNote(dependencies, { ...asked, about }, nowMs);
    const second = await addNote(
      dependencies,
      { ...asked, clusterId: null, replaces: first.id, text: 'Done.' },
      nowMs + 1,
    );
    expect(second.event).toMatchObject({ timeMs: 5_000, about, clusterId: 'a', text: 'Done.' });
    expect(events).toHaveLength(3);
  });

  it('cannot withdraw what was never written', async () => {
    expect((await addNote(dependencies, { ...asked, withdrawn: true }, nowMs)).event).toMatchObject({
      withdrawn: false,
    });
  });

  it.each([
    ['an event that is no note', { replaces: 1 }],
    ['a note that is not there', { replaces: 99 }],
    ['an incident that is not there', { about: { kind: 'incident', incidentId: 99 } }],
    ['a cluster that is not there', { clusterId: 'b' }],
  ] as const)('about %s is refused, and nothing is written', async (_what, own) => {
    await expect(addNote(dependencies, { ...asked, ...own }, nowMs)).rejects.toThrow('was not saved');
    expect(events).toHaveLength(1);
  });

  it('is refused at once while the history cannot be written, and when it was dropped', async () => {
    refusal = 'The disk is full.';
    await expect(addNote(dependencies, asked, nowMs)).rejects.toThrow('The disk is full.');
    refusal = null;
    dropped = true;
    await expect(addNote(dependencies, asked, nowMs)).rejects.toThrow('Save the note again');
  });
});
