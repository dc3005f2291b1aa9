import type { Incident } from '../model/incident';
import type { Absence, CauseCorrection, HeronEvent, RecordedEvent } from '../model/event';
import { isProblem, type Health } from '../model/health';
import { thresholds } from '../model/thresholds';
import { IncidentDraft } from './incident-draft';
import { placeEvent, type EventPlace } from './place-event';
import { rollingUpdateWords } from '../words/rolling-update';

/**
 * Groups events into incidents, one event at a time in the order of their row numbers. A cluster has one incident at a time. It is
 * open until its cluster has had no problem and no further event for `incidentQuietMs`. Clusters that became unreachable together
 * form an incident of their own. An incident that has ended keeps its events and times, whatever happens later.
 */
export class IncidentRecord {
  readonly #open = new Map<string, IncidentDraft>();
  #notSeen: IncidentDraft[] = [];
  readonly #ended: IncidentDraft[] = [];
  readonly #health = new Map<string, Health>();
  readonly #rolling: { clusterId: string; absences: Absence[] }[] = [];

  add(recorded: RecordedEvent): void {
    const { event } = recorded;
    const nowMs = event.recordedAtMs;
    this.#notSeen = this.#notSeen.filter((draft) => !this.#endIfQuiet(draft, draft.unseen.size === 0, nowMs));
    if (event.type === 'start') this.#addStart(event);
    if (event.type === 'gap') this.#addGap(recorded);
    if (event.type === 'finding' && event.absences && event.clusterId !== null)
      this.#rolling.push({ clusterId: event.clusterId, absences: event.absences });
    const place = placeEvent(event);
    if (!place) return;
    if (event.type === 'cause-corrected') {
      this.#correct(recorded.id, event);
      return;
    }
    const known = this.#open.get(place.subject);
    if (known && this.#endIfQuiet(known, this.#isWell(place.subject), nowMs))
      this.#open.delete(place.subject);
    this.#join(recorded, place);
    if (place.health !== null) this.#health.set(place.subject, place.health);
  }

  /** All incidents so far, the latest first. `nowMs`: the current time, UTC, which may end an incident. */
  incidents(nowMs: number): Incident[] {
    const open = [
      ...[...this.#open].map(([subject, draft]) => ({ draft, well: this.#isWell(subject) })),
      ...this.#notSeen.map((draft) => ({ draft, well: draft.unseen.size === 0 })),
    ].map(({ draft, well }) => ({ draft, open: !(well && isOver(draft, nowMs)) }));
    return [...this.#ended.map((draft) => ({ draft, open: false })), ...open]
      .filter(({ draft }) => draft.real)
      .map(({ draft, open: stillOpen }) => draft.toIncident(stillOpen, this.#rollingOf(draft), nowMs))
      .sort((a, b) => b.id - a.id);
  }

  /** The incident of the failover may have ended long ago: what became known of its cause changes no times. */
  #correct(id: number, correction: CauseCorrection): void {
    const drafts = [...this.#open.values(), ...this.#notSeen, ...this.#ended.toReversed()];
    drafts.find((draft) => draft.hasFailoverOf(correction))?.correct(id, correction);
  }

  #join(recorded: RecordedEvent, place: EventPlace): void {
    const { event } = recorded;
    const key = event.type === 'edge-state' ? `edge ${event.edgeId}` : `cluster ${place.subject}`;
    const lost = this.#notSeen.find((draft) => draft.subjects.has(place.subject));
    if (place.blind) {
      const draft = lost ?? this.#lostTogether(event.recordedAtMs) ?? this.#beginNotSeen(recorded);
      if (!draft.subjects.has(place.subject)) draft.lastJoinedMs = event.recordedAtMs;
      draft.add(recorded, place.subject);
      draft.real ||= place.weight === 'trouble';
      if (event.type !== 'lb-role') draft.unseen.add(key);
      return;
    }
    const seenAgain = event.type !== 'lb-role' && (lost?.unseen.delete(key) ?? false);
    if (seenAgain && lost && place.weight === 'recovery') {
      lost.add(recorded, place.subject);
      return;
    }
    const begins = place.weight === 'trouble' || place.weight === 'sign';
    const draft = this.#open.get(place.subject) ?? (begins ? this.#begin(recorded, place.subject) : lost);
    draft?.add(recorded, place.subject);
    if (draft && place.weight === 'trouble') draft.real = true;
  }

  #begin(recorded: RecordedEvent, subject: string): IncidentDraft {
    const draft = new IncidentDraft(recorded);
    this.#open.set(subject, draft);
    return draft;
  }

  #beginNotSeen(recorded: RecordedEvent): IncidentDraft {
    const draft = new IncidentDraft(recorded);
    this.#notSeen.push(draft);
    return draft;
  }

  /** The incident of clusters that became unreachable shortly before, and so for the same reason. */
  #lostTogether(nowMs: number): IncidentDraft | undefined {
    return this.#notSeen.find((draft) => nowMs - draft.lastJoinedMs <= thresholds.notSeenTogetherMs);
  }

  /** After a restart of Heron nothing is known; problems that persist are recorded again by the first polls. */
  #addStart(event: HeronEvent): void {
    for (const [subject, draft] of this.#open) {
      if (this.#endIfQuiet(draft, this.#isWell(subject), event.recordedAtMs)) this.#open.delete(subject);
    }
    this.#health.clear();
    for (const draft of [...this.#open.values(), ...this.#notSeen]) {
      draft.unseen.clear();
      draft.observeTime(event, null);
      draft.lastRecordedMs = Math.max(draft.lastRecordedMs, event.recordedAtMs);
    }
  }

  #addGap(recorded: RecordedEvent): void {
    const { event } = recorded;
    if (event.type !== 'gap') return;
    const concerned = event.clusters?.map(({ id }) => id) ?? null;
    for (const [subject, draft] of this.#open)
      if (concerned === null || concerned.includes(subject)) draft.observeTime(event, null);
    if (event.reason !== 'own-network') return;
    const draft =
      this.#notSeen.find(({ subjects }) => concerned === null || concerned.some((id) => subjects.has(id))) ??
      this.#beginNotSeen(recorded);
    draft.add(recorded, null);
    draft.real = true;
  }

  #isWell(subject: string): boolean {
    return !isProblem(this.#health.get(subject) ?? 'up');
  }

  #endIfQuiet(draft: IncidentDraft, well: boolean, nowMs: number): boolean {
    if (!well || !isOver(draft, nowMs)) return false;
    this.#ended.push(draft);
    return true;
  }

  #rollingOf(draft: IncidentDraft): string[] {
    return this.#rolling
      .filter(
        ({ clusterId, absences }) =>
          draft.subjects.has(clusterId) &&
          absences.some(({ edgeId, fromMs, toMs }) => draft.concerns(edgeId, fromMs, toMs)),
      )
      .map(({ absences }) => rollingUpdateWords(absences));
  }
}

/** The incidents that events form. The events are in any order, each once. */
export function incidentsOf(events: readonly RecordedEvent[], nowMs: number): Incident[] {
  const record = new IncidentRecord();
  for (const recorded of [...events].sort((a, b) => a.id - b.id)) record.add(recorded);
  return record.incidents(nowMs);
}

function isOver(draft: IncidentDraft, nowMs: number): boolean {
  return nowMs - draft.lastRecordedMs > thresholds.incidentQuietMs;
}
