import type { Incident } from '../model/incident';
import type { Absence, CauseCorrection, HeronEvent, RecordedEvent } from '../model/event';
import { thresholds } from '../model/thresholds';
import { OutageRecord } from './outage-record';
import type { IncidentDraft } from './incident-draft';
import { OpenIncidents } from './open-incidents';
import { placeEvent, type EventPlace } from './place-event';
import { rollingUpdateWords } from '../words/rolling-update';

/**
 * Groups events into incidents, one event at a time in the order of their row numbers. An incident is one fault with its consequences: a
 * cluster may have several at a time. It is open while something of it is wrong, and reopens if something happens within
 * `incidentQuietMs`. Clusters that are lost together form one incident. An incident that is over keeps its events and times, whatever
 * happens later.
 */
export class IncidentRecord {
  readonly #open = new OpenIncidents();
  readonly #outages = new OutageRecord();
  readonly #ended: IncidentDraft[] = [];
  readonly #rolling: { clusterId: string; absences: Absence[] }[] = [];

  add(recorded: RecordedEvent): void {
    const { event } = recorded;
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
    this.#endQuiet(place.subject, event.recordedAtMs);
    const draft = place.lost
      ? this.#lost(recorded, place)
      : this.#open.place(recorded, place, this.#outages.withoutLb(place.subject));
    draft?.add(recorded, place);
    this.#open.observe(draft, event, place);
    this.#outages.add(event, draft, this.#open);
  }

  /** All incidents so far, the latest first. `nowMs`: the current time, UTC, which may end an incident. */
  incidents(nowMs: number): Incident[] {
    const stateOf = (draft: IncidentDraft): 'open' | 'observed' | 'over' => {
      if (!this.#open.isWell(draft)) return 'open';
      return isQuiet(draft, nowMs) ? 'over' : 'observed';
    };
    return [
      ...this.#ended.map((draft) => ({ draft, state: 'over' as const })),
      ...[...this.#open.drafts].map((draft) => ({ draft, state: stateOf(draft) })),
    ]
      .filter(({ draft }) => draft.real)
      .map(({ draft, state }) => draft.toIncident(state, this.#rollingOf(draft), nowMs))
      .sort((a, b) => b.id - a.id);
  }

  /** The incident of a row to which something was added last and which is not over; null: there is none. */
  current(subject: string): { id: number; sinceMs: number } | null {
    return this.#open.of(subject).find(({ real }) => real)?.beginning ?? null;
  }

  /** Incidents that are over are not kept any longer, for a record that only answers what is current. */
  forgetEnded(): void {
    this.#ended.length = 0;
    this.#rolling.length = 0;
  }

  /** The incident of the failover may have ended long ago: what became known of its cause changes no times. */
  #correct(id: number, correction: CauseCorrection): void {
    const drafts = [...this.#open.drafts, ...this.#ended.toReversed()];
    drafts.find((draft) => draft.hasFailoverOf(correction))?.correct(id, correction);
  }

  /** The incident of a row that is lost as a whole, together with all that were lost shortly before for the same reason. */
  #lost(recorded: RecordedEvent, place: EventPlace): IncidentDraft {
    const nowMs = recorded.event.recordedAtMs;
    const before = this.#open.of(place.subject).find((draft) => wasLost(draft, place));
    const together = [...this.#open.drafts].filter((draft) => isLostSince(draft, nowMs)).at(-1);
    // What led to the loss of this row within the last moments is part of it. Of a row that cannot be seen, only what was not seen.
    const own = this.#open
      .of(place.subject)
      .filter(({ firstRecordedMs }) => nowMs - firstRecordedMs <= thresholds.consequenceMs)
      .filter((draft) => draft.isUnseenOnly || (place.lost === 'down' && !this.#open.isWell(draft)));
    const draft = before ?? together ?? own.at(-1) ?? this.#open.begin(recorded);
    for (const other of own) if (other !== draft) this.#open.merge(draft, other);
    return draft;
  }

  /** After a restart of Heron nothing is known; problems that persist are recorded again by the first polls. */
  #addStart(event: HeronEvent): void {
    this.#endQuiet(null, event.recordedAtMs);
    this.#open.forgetStates(event.recordedAtMs);
    this.#outages.addToAll(event, () => true);
  }

  #addGap(recorded: RecordedEvent): void {
    const { event } = recorded;
    if (event.type !== 'gap') return;
    this.#endQuiet(null, event.recordedAtMs);
    const concerned = event.clusters?.map(({ id }) => id) ?? null;
    this.#outages.addToAll(event, (clusterId) => concerned?.includes(clusterId) ?? true);
    if (event.reason !== 'own-network') return;
    const blind = [...this.#open.drafts].find(
      (draft) =>
        (draft.unseenEdges.size > 0 || [...draft.lost.values()].includes('blind')) &&
        (concerned === null || concerned.some((id) => draft.subjects.has(id))),
    );
    const draft = blind ?? this.#open.begin(recorded);
    draft.add(recorded, null);
    draft.real = true;
  }

  /** Ends the incidents of a row, or all, in which nothing is wrong and nothing happened for long enough. */
  #endQuiet(subject: string | null, nowMs: number): void {
    const drafts = subject === null ? [...this.#open.drafts] : this.#open.of(subject);
    const quiet = drafts.filter((draft) => isQuiet(draft, nowMs) && this.#open.isWell(draft));
    for (const draft of quiet) {
      this.#open.end(draft);
      draft.freeze();
      this.#ended.push(draft);
    }
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

function isQuiet(draft: IncidentDraft, nowMs: number): boolean {
  return nowMs - draft.lastRecordedMs > thresholds.incidentQuietMs;
}

/** Whether the row is lost in this incident already, or was before a restart. */
function wasLost(draft: IncidentDraft, { subject, edgeId, lost }: EventPlace): boolean {
  if (edgeId !== null && draft.unseenEdges.has(edgeId)) return true;
  const how = draft.lost.get(subject);
  return how !== undefined && (draft.lostRows.has(subject) || how === lost);
}

function isLostSince({ lastLostMs }: IncidentDraft, nowMs: number): boolean {
  return lastLostMs !== null && nowMs - lastLostMs <= thresholds.lostTogetherMs;
}
