import type { HeronEvent, RecordedEvent } from '../model/event';
import { isProblem, type Health } from '../model/health';
import { chooseDraft } from './choose-draft';
import { IncidentDraft } from './incident-draft';
import type { EventPlace } from './place-event';

/** The incidents that are not over, by the rows they are about, with the present states of the rows. */
export class OpenIncidents {
  readonly drafts = new Set<IncidentDraft>();
  readonly #bySubject = new Map<string, Set<IncidentDraft>>();
  readonly #health = new Map<string, Health>();
  /** The incident that the present problem of a row belongs to. */
  readonly #owners = new Map<string, IncidentDraft>();
  readonly #mergedInto = new Map<IncidentDraft, IncidentDraft>();

  /** Those of a row, the one that was added to last first. */
  of(subject: string): IncidentDraft[] {
    const drafts = [...(this.#bySubject.get(subject) ?? [])];
    return drafts.sort((a, b) => b.lastRecordedMs - a.lastRecordedMs);
  }

  begin(recorded: RecordedEvent): IncidentDraft {
    const draft = new IncidentDraft(recorded);
    this.drafts.add(draft);
    return draft;
  }

  /** The incident, or the open one that it became part of; undefined: it is over. */
  current(draft: IncidentDraft): IncidentDraft | undefined {
    let known = draft;
    for (let next = this.#mergedInto.get(known); next; next = this.#mergedInto.get(known)) known = next;
    return this.drafts.has(known) ? known : undefined;
  }

  /** The incident that an event of a row that is seen belongs to; a new one where it begins one. */
  place(
    recorded: RecordedEvent,
    place: EventPlace,
    withoutLb: IncidentDraft | undefined,
  ): IncidentDraft | undefined {
    const seenAgain = this.#seenAgain(place);
    if (seenAgain && place.weight === 'recovery') return seenAgain;
    // An edge of a row that has just been lost turns out to be down: that is the same loss.
    if (seenAgain?.isLost(place.subject, recorded.event.recordedAtMs)) return seenAgain;
    const drafts = this.of(place.subject).filter((draft) => draft !== seenAgain);
    const owner = this.#owners.get(place.subject);
    const present = owner && owner !== seenAgain && this.drafts.has(owner) ? owner : undefined;
    const chosen = chooseDraft({
      event: recorded.event,
      place,
      drafts,
      withoutLb: withoutLb && this.current(withoutLb),
      owner: present,
      split: this.#health.get(place.subject) === 'split-brain' ? present : undefined,
    });
    if (chosen) return chosen;
    const begins = place.weight === 'trouble' || place.weight === 'sign';
    return begins ? this.begin(recorded) : seenAgain;
  }

  /** Records the state of the row and its edge after an event was added to `draft`. */
  observe(
    draft: IncidentDraft | undefined,
    event: HeronEvent,
    { subject, edgeId, health }: EventPlace,
  ): void {
    if (draft) this.#index(draft, subject);
    if (event.type === 'edge-state' && edgeId !== null)
      for (const other of this.of(subject)) if (other !== draft) other.leaveEdge(edgeId, event);
    if (health === null) return;
    const before = this.#health.get(subject);
    this.#health.set(subject, health);
    if (!isProblem(health)) {
      this.#owners.delete(subject);
      // A cluster is well only if each of its edges is, whatever was recorded of them.
      for (const other of this.of(subject)) other.recoverRow(subject, event);
    }
    if (!isProblem(health) || !draft) return;
    // What is left after a split brain is the state of the incident that explains it.
    const left = before === 'split-brain' && isOfEdges(health) ? this.#explaining(subject, draft) : undefined;
    left?.sink(health);
    this.#owners.set(subject, left ?? draft);
  }

  /** Adds all of `other` to `draft`. */
  merge(draft: IncidentDraft, other: IncidentDraft): void {
    draft.join(other);
    for (const subject of other.subjects) this.#index(draft, subject);
    for (const [subject, owner] of this.#owners) if (owner === other) this.#owners.set(subject, draft);
    this.#mergedInto.set(other, draft);
    this.#remove(other);
  }

  end(draft: IncidentDraft): void {
    for (const subject of draft.subjects) {
      const next = this.#owners.get(subject) === draft ? this.#explaining(subject, draft) : undefined;
      if (next) this.#owners.set(subject, next);
    }
    this.#remove(draft);
  }

  /** Whether nothing of it is wrong any more. */
  isWell(draft: IncidentDraft): boolean {
    if (draft.unwellEdges.size > 0 || draft.unseenEdges.size > 0 || draft.lostRows.size > 0) return false;
    if (draft.isCutOff((id) => isProblem(this.#health.get(id) ?? 'up'))) return false;
    for (const subject of draft.subjects) {
      if (this.#owners.get(subject) !== draft) continue;
      const health = this.#health.get(subject) ?? 'up';
      if (!isProblem(health)) continue;
      // What another incident explains does not hold this one open.
      if (!isOfEdges(health) || !this.#explaining(subject, draft)) return false;
    }
    return true;
  }

  /** After a restart no state is known. */
  forgetStates(nowMs: number): void {
    this.#health.clear();
    this.#owners.clear();
    for (const draft of this.drafts) {
      draft.unwellEdges.clear();
      draft.unseenEdges.clear();
      draft.lostRows.clear();
      draft.lastRecordedMs = Math.max(draft.lastRecordedMs, nowMs);
    }
  }

  /** The incident in which the row or edge could not be seen, now that it is seen again. */
  #seenAgain({ subject, scope, edgeId, weight }: EventPlace): IncidentDraft | undefined {
    if (weight === 'part') return undefined;
    for (const draft of this.of(subject)) {
      if (scope === 'row' && draft.lostRows.has(subject) && draft.lost.get(subject) === 'blind') {
        draft.lostRows.delete(subject);
        return draft;
      }
      if (scope === 'edge' && edgeId !== null && draft.unseenEdges.delete(edgeId)) return draft;
    }
    return undefined;
  }

  /** Another incident of the row, with edges that are not well. */
  #explaining(subject: string, draft: IncidentDraft): IncidentDraft | undefined {
    return this.of(subject).find((other) => other !== draft && other.unwellEdges.size > 0);
  }

  #index(draft: IncidentDraft, subject: string): void {
    const known = this.#bySubject.get(subject);
    if (known) known.add(draft);
    else this.#bySubject.set(subject, new Set([draft]));
  }

  #remove(draft: IncidentDraft): void {
    this.drafts.delete(draft);
    for (const subject of draft.subjects) this.#bySubject.get(subject)?.delete(draft);
  }
}

/** A state that single edges explain. */
function isOfEdges(health: Health): boolean {
  return health === 'degraded' || health === 'no-redundancy';
}
