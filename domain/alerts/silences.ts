import type { Alert, HeldBy, Silence } from '../model/alert';
import type { AlertMatcher } from '../model/alert-rule';
import type { HeronEvent } from '../model/event';
import { lowerSubject, matcherTest, type LowerSubject, type MatchSubject } from './matcher';

/** What a person enters for a silence. */
export interface NewSilence {
  /** Of a silence that was made elsewhere; left out: a new one. */
  id?: string;
  matcher: AlertMatcher;
  author: string;
  reason: string;
  endsMs: number;
}

/** What is different in the silences since it was asked for last. */
export interface SilenceChange {
  changed: Silence[];
  removedIds: string[];
}

interface Entry {
  silence: Silence;
  test: (subject: LowerSubject) => boolean;
  /** The alerts that it holds back or held back. */
  held: Set<string>;
}

/** A subject, and the silence that holds it back; null: none does. */
interface Answer {
  subject: LowerSubject;
  entry: Entry | null;
}

/** More subjects than a large fleet has; older answers are worked out again. */
const mostAnswers = 50_000;

/**
 * The silences in force, and what each of them holds back. Thousands of them may be in force: who holds back a subject is remembered, and a new
 * silence is compared only with what none holds back yet.
 */
export class Silences {
  readonly #entries = new Map<string, Entry>();
  readonly #answers = new Map<string, Answer>();
  #changedIds = new Set<string>();
  #removedIds = new Set<string>();
  #nextEndMs = Infinity;
  #number = 0;

  restore(silences: Iterable<Silence>): void {
    for (const silence of silences) this.#put(silence);
  }

  /** The silence, and the event that records it. */
  add(
    { id: givenId, matcher, author, reason: text, endsMs }: NewSilence,
    nowMs: number,
  ): { silence: Silence; event: HeronEvent } {
    const id = givenId ?? `silence-${nowMs}-${(this.#number += 1)}`;
    const silence = { id, matcher, author, reason: text, fromMs: nowMs, endsMs, held: 0 };
    this.#put(silence);
    const times = { timeMs: nowMs, recordedAtMs: nowMs };
    return { silence, event: { type: 'silence', ...times, silenceId: id, matcher, author, text, endsMs } };
  }

  /** The event that records its end; null: it is not in force. */
  end(id: string, by: string | null, nowMs: number): HeronEvent | null {
    const entry = this.#entries.get(id);
    if (!entry) return null;
    this.#entries.delete(id);
    for (const [key, answer] of this.#answers) if (answer.entry === entry) this.#answers.delete(key);
    this.#changedIds.delete(id);
    this.#removedIds.add(id);
    const held = entry.held.size;
    return { type: 'silence-ended', timeMs: nowMs, recordedAtMs: nowMs, silenceId: id, by, held };
  }

  /** The ids of those whose time is over. */
  over(nowMs: number): string[] {
    if (nowMs < this.#nextEndMs) return [];
    const all = [...this.#entries.values()].map(({ silence }) => silence);
    const ended = all.filter(({ endsMs }) => endsMs <= nowMs);
    this.#nextEndMs = all.reduce(
      (soonest, { endsMs }) => (endsMs > nowMs ? Math.min(soonest, endsMs) : soonest),
      Infinity,
    );
    return ended.map(({ id }) => id);
  }

  heldBy(given: MatchSubject): HeldBy | null {
    if (this.#entries.size === 0) return null;
    const { name, site, edgeName, rule } = given;
    const key = `${name}\n${site ?? ''}\n${edgeName ?? ''}\n${rule}`;
    let answer = this.#answers.get(key);
    if (!answer) {
      answer = this.#answerOf(lowerSubject(given));
      if (this.#answers.size >= mostAnswers) this.#answers.clear();
      this.#answers.set(key, answer);
    }
    if (!answer.entry) return null;
    const { id, endsMs } = answer.entry.silence;
    return { by: 'silence', silenceId: id, untilMs: endsMs };
  }

  /** Counts an alert that one of them holds back. */
  note({ id, held }: Alert): void {
    if (held?.by !== 'silence') return;
    const entry = this.#entries.get(held.silenceId);
    if (!entry || entry.held.has(id)) return;
    entry.held.add(id);
    this.#changedIds.add(held.silenceId);
  }

  list(): Silence[] {
    return [...this.#entries.values()].map(shownOf);
  }

  /** What is different since the last call; null: nothing. */
  takeChange(): SilenceChange | null {
    if (this.#changedIds.size + this.#removedIds.size === 0) return null;
    const changed = [...this.#changedIds].flatMap((id) => {
      const entry = this.#entries.get(id);
      return entry ? [shownOf(entry)] : [];
    });
    const change = { changed, removedIds: [...this.#removedIds] };
    this.#changedIds = new Set();
    this.#removedIds = new Set();
    return change;
  }

  #put(silence: Silence): void {
    const entry = { silence, test: matcherTest(silence.matcher), held: new Set<string>() };
    const before = this.#entries.get(silence.id);
    this.#entries.set(silence.id, entry);
    this.#changedIds.add(silence.id);
    this.#removedIds.delete(silence.id);
    this.#nextEndMs = Math.min(this.#nextEndMs, silence.endsMs);
    // One that replaces another of its id may leave out what that held back.
    if (before) this.#answers.clear();
    for (const answer of this.#answers.values())
      if (answer.entry === null && entry.test(answer.subject)) answer.entry = entry;
  }

  #answerOf(subject: LowerSubject): Answer {
    for (const entry of this.#entries.values()) if (entry.test(subject)) return { subject, entry };
    return { subject, entry: null };
  }
}

function shownOf({ silence, held }: Entry): Silence {
  return { ...silence, held: held.size };
}
