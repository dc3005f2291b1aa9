import type { Alert, HeldBy, Silence } from '../model/alert';
import type { AlertMatcher } from '../model/alert-rule';
import type { HeronEvent } from '../model/event';
import { matches, type MatchSubject } from './matcher';

/** What a person enters for a silence. */
export interface NewSilence {
  /** Of a silence that was made elsewhere; left out: a new one. */
  id?: string;
  matcher: AlertMatcher;
  author: string;
  reason: string;
  endsMs: number;
}

/** The silences in force, and what each of them holds back. */
export class Silences {
  /** Whether they changed since this was last set to false. */
  hasChanged = false;
  readonly #silences = new Map<string, Silence>();
  readonly #held = new Map<string, Set<string>>();
  #number = 0;

  restore(silences: Iterable<Silence>): void {
    for (const silence of silences) {
      this.#silences.set(silence.id, silence);
      this.hasChanged = true;
    }
  }

  /** The silence, and the event that records it. */
  add(
    { id: givenId, matcher, author, reason: text, endsMs }: NewSilence,
    nowMs: number,
  ): { silence: Silence; event: HeronEvent } {
    const id = givenId ?? `silence-${nowMs}-${(this.#number += 1)}`;
    const silence = { id, matcher, author, reason: text, fromMs: nowMs, endsMs, held: 0 };
    this.#silences.set(id, silence);
    this.hasChanged = true;
    const times = { timeMs: nowMs, recordedAtMs: nowMs };
    return { silence, event: { type: 'silence', ...times, silenceId: id, matcher, author, text, endsMs } };
  }

  /** The event that records its end; null: it is not in force. */
  end(id: string, by: string | null, nowMs: number): HeronEvent | null {
    if (!this.#silences.delete(id)) return null;
    const held = this.#held.get(id)?.size ?? 0;
    this.#held.delete(id);
    this.hasChanged = true;
    return { type: 'silence-ended', timeMs: nowMs, recordedAtMs: nowMs, silenceId: id, by, held };
  }

  /** The ids of those whose time is over. */
  over(nowMs: number): string[] {
    return [...this.#silences.values()].filter(({ endsMs }) => endsMs <= nowMs).map(({ id }) => id);
  }

  heldBy(subject: MatchSubject): HeldBy | null {
    for (const { id, matcher, endsMs } of this.#silences.values())
      if (matches(matcher, subject)) return { by: 'silence', silenceId: id, untilMs: endsMs };
    return null;
  }

  /** Counts an alert that one of them holds back. */
  note({ id, held }: Alert): void {
    if (held?.by !== 'silence') return;
    const known = this.#held.get(held.silenceId) ?? new Set();
    this.#held.set(held.silenceId, known);
    if (known.has(id)) return;
    known.add(id);
    this.hasChanged = true;
  }

  list(): Silence[] {
    return [...this.#silences.values()].map((silence) => ({
      ...silence,
      held: this.#held.get(silence.id)?.size ?? 0,
    }));
  }
}
