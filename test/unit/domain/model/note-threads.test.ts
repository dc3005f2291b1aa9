import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { heronEventSchema, type RecordedEvent } from '../../../../domain/model/event';
import { newNoteSchema, type NoteAbout } from '../../../../domain/model/note';
import {
  noteThreads,
  notesOf,
  withoutReplacedNotes,
  type NoteEvent,
} from '../../../../domain/model/note-threads';

function note(id: number, text: string, own: Partial<NoteEvent> = {}): RecordedEvent {
  const event: NoteEvent = {
    type: 'note',
    timeMs: 1_000,
    recordedAtMs: 2_000 + id,
    clusterId: 'a',
    clusterName: 'a',
    about: { kind: 'cluster' },
    author: 'noc',
    text,
    replaces: null,
    withdrawn: false,
    ...own,
  };
  return { id, event: heronEventSchema.parse(event) };
}
const texts = (events: readonly RecordedEvent[]): string[] =>
  withoutReplacedNotes(events).flatMap(({ event }) => (event.type === 'note' ? [event.text] : []));

describe('notes', () => {
  it('that were edited say what they said before, the latest first', () => {
    const [thread] = noteThreads([
      note(1, 'one'),
      note(5, 'three', { replaces: 4 }),
      note(4, 'two', { replaces: 1 }),
    ]);
    expect(thread?.latest.event.text).toBe('three');
    expect(thread?.earlier.map(({ event }) => event.text)).toEqual(['two', 'one']);
    expect(thread?.firstId).toBe(1);
  });

  it('that two people edited at the same time are one note: the later text counts, neither is lost', () => {
    const threads = noteThreads([
      note(1, 'one'),
      note(2, 'mine', { replaces: 1 }),
      note(3, 'yours', { replaces: 1 }),
    ]);
    expect(threads).toHaveLength(1);
    expect(threads[0]?.latest.event.text).toBe('yours');
    expect(threads[0]?.earlier.map(({ id }) => id)).toEqual([2, 1]);
  });

  it('that were withdrawn, or replaced, are not marked', () => {
    const events = [
      note(1, 'one'),
      note(2, 'two', { replaces: 1 }),
      note(3, 'gone'),
      note(4, 'gone', { replaces: 3, withdrawn: true }),
    ];
    expect(texts(events)).toEqual(['two']);
  });

  it('whose first version is not in what was read stand by themselves', () => {
    expect(noteThreads([note(9, 'late', { replaces: 2 })])[0]?.latest.event.text).toBe('late');
  });

  it('never lose a text, however they replace each other', () => {
    const chain = fc.array(fc.option(fc.nat(8)), { maxLength: 12 });
    fc.assert(
      fc.property(chain, (replaced) => {
        const events = replaced.map((at, index) =>
          note(index + 1, `t${index}`, { replaces: at === null || at >= index ? null : at + 1 }),
        );
        const all = noteThreads(events).flatMap(({ latest, earlier }) => [latest, ...earlier]);
        expect(all.map(({ id }) => id).sort((a, b) => a - b)).toEqual(events.map(({ id }) => id));
      }),
    );
  });

  it('of an incident are those about it, and those about a time in it on its clusters', () => {
    const span = (fromMs: number, toMs: number): NoteAbout => ({ kind: 'time', fromMs, toMs });
    const threads = noteThreads([
      note(1, 'about it', { about: { kind: 'incident', incidentId: 7 } }),
      note(2, 'another', { about: { kind: 'incident', incidentId: 8 } }),
      note(3, 'in it', { about: span(900, 1_100) }),
      note(4, 'after it', { about: span(2_001, 2_100) }),
      note(5, 'elsewhere', { about: span(1_200, 1_300), clusterId: 'b' }),
      note(6, 'everywhere', { about: span(1_200, 1_300), clusterId: null }),
      note(7, 'the cluster', { about: { kind: 'cluster' } }),
    ]);
    const incident = { id: 7, startMs: 1_000, endMs: 2_000, clusterIds: ['a'] };
    expect(notesOf(threads, { incident }).map(({ latest }) => latest.event.text)).toEqual([
      'about it',
      'in it',
      'everywhere',
    ]);
    expect(notesOf(threads, { clusterId: 'b' }).map(({ latest }) => latest.event.text)).toEqual([
      'elsewhere',
    ]);
  });

  it('that say nothing, too much, or end before they begin are refused', () => {
    const good = {
      clusterId: null,
      about: { kind: 'cluster' as const },
      author: 'noc',
      text: ' x ',
      replaces: null,
      withdrawn: false,
    };
    expect(newNoteSchema.parse(good).text).toBe('x');
    for (const bad of [
      { ...good, text: '   ' },
      { ...good, text: 'x'.repeat(4_001) },
      { ...good, author: '' },
      { ...good, about: { kind: 'time', fromMs: 5, toMs: 4 } },
    ])
      expect(newNoteSchema.safeParse(bad).success).toBe(false);
  });
});
