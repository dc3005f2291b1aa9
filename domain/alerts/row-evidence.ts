import { isCorrectionOf } from '../incidents/corrected-cause';
import type { AlertEvidence } from '../model/alert';
import type { Bracket, CauseCorrection, FailoverEvent, HeronEvent } from '../model/event';
import { isProblem } from '../model/health';
import type { RoleWitness } from '../model/role';
import type { ClusterView } from '../model/snapshot';
import type { Condition } from './conditions';
import { raisesAlert } from './momentary';

type EventOf<T extends HeronEvent['type']> = Extract<HeronEvent, { type: T }>;

/** The latest events of a row that show why and when something began. */
export class RowEvidence {
  #failover: FailoverEvent | null = null;
  #noActiveLb: EventOf<'no-active-lb'> | null = null;
  #splitBrain: EventOf<'split-brain'> | null = null;
  #flapping: EventOf<'flapping'> | null = null;
  #rowState: EventOf<'cluster-state'> | null = null;
  readonly #edgeStates = new Map<string, EventOf<'edge-state'>>();

  add(event: HeronEvent): void {
    switch (event.type) {
      case 'failover':
      case 'failback':
        if (raisesAlert(event)) this.#failover = event;
        break;
      case 'no-active-lb':
        this.#noActiveLb = event;
        break;
      case 'split-brain':
        this.#splitBrain = event;
        break;
      case 'flapping':
        this.#flapping = event;
        break;
      case 'cluster-state':
        if (isProblem(event.to)) this.#rowState = event;
        break;
      case 'edge-state':
        if (isProblem(event.to)) this.#edgeStates.set(event.edgeId, event);
        break;
      case 'cause-corrected':
        this.#correct(event);
        break;
      default:
        break;
    }
  }

  /** Whether detection has confirmed that there is no active LB since the state began. */
  confirmsNoActiveLb(sinceMs: number | null): boolean {
    return (
      this.#noActiveLb !== null &&
      (sinceMs === null || this.#noActiveLb.bracket.firstNewMs >= sinceMs - 60_000)
    );
  }

  /** The evidence for a condition whose alert opens at `openedMs`. */
  of(condition: Condition, view: ClusterView | null, openedMs: number): AlertEvidence {
    const found = this.#evidenceOf(condition, view);
    const { bracket } = found;
    return {
      bracket: null,
      gapMs: null,
      usersGapMs: null,
      cause: null,
      witnesses: [],
      sources: null,
      ...found,
      facts: condition.facts,
      detectionMs: bracket ? detectionOf(bracket, openedMs) : null,
    };
  }

  #evidenceOf({ rule, edgeId, sinceMs }: Condition, view: ClusterView | null): Partial<AlertEvidence> {
    const latest = <E extends { timeMs: number }>(event: E | null): E | null =>
      event && (sinceMs === null || event.timeMs >= sinceMs - 120_000) ? event : null;
    switch (rule) {
      case 'failover':
        return this.#failover ? ofMove(this.#failover) : {};
      case 'no-active-lb': {
        const event = latest(this.#noActiveLb);
        const witnesses = witnessesOf(view);
        const gap = event?.usersGapMs ? { usersGapMs: event.usersGapMs } : {};
        return { bracket: event?.bracket ?? null, ...gap, witnesses, sources: sourcesOf(witnesses, false) };
      }
      case 'split-brain': {
        const witnesses = witnessesOf(view);
        const bracket = latest(this.#splitBrain)?.bracket ?? null;
        return { bracket, witnesses, sources: sourcesOf(witnesses, true) };
      }
      case 'flapping':
        return this.#flapping?.withoutActiveMs ? { gapMs: this.#flapping.withoutActiveMs } : {};
      case 'cluster-down':
        return { bracket: latest(this.#rowState)?.stateBracket ?? null };
      case 'edge-down':
      case 'unknown': {
        const state = edgeId === null ? this.#rowState : (this.#edgeStates.get(edgeId) ?? null);
        return { bracket: latest(state)?.stateBracket ?? null };
      }
      default:
        return {};
    }
  }

  #correct(event: CauseCorrection): void {
    if (this.#failover && isCorrectionOf(event, this.#failover))
      this.#failover = { ...this.#failover, cause: event.cause };
  }
}

function ofMove(event: FailoverEvent): Partial<AlertEvidence> {
  const { bracket, gapMs, usersGapMs, cause, witnesses } = event;
  return {
    bracket,
    gapMs,
    usersGapMs: usersGapMs ?? null,
    cause,
    witnesses,
    sources: sourcesOf(witnesses, true),
  };
}

function witnessesOf(view: ClusterView | null): RoleWitness[] {
  return view?.edges.flatMap(({ witnesses }) => witnesses.filter(({ otherGroup }) => !otherGroup)) ?? [];
}

/** How many kinds of witnesses report a MASTER, or none, of how many that report anything. */
function sourcesOf(witnesses: readonly RoleWitness[], master: boolean): AlertEvidence['sources'] {
  const kinds = [...new Set(witnesses.map(({ witness }) => witness))];
  if (kinds.length === 0) return null;
  const reports = (kind: RoleWitness['witness']): boolean =>
    witnesses.some(({ witness, role }) => witness === kind && role === 'master');
  return { agree: kinds.filter((kind) => reports(kind) === master).length, of: kinds.length };
}

/** Bounds of the time from a beginning within a bracket until `openedMs`, rounded outwards. */
function detectionOf(
  { lastOldMs, firstNewMs }: Bracket,
  openedMs: number,
): { atLeast: number; atMost: number } {
  const atLeast = Math.max(0, openedMs - firstNewMs);
  return { atLeast, atMost: Math.max(atLeast, openedMs - lastOldMs) };
}
