import {
  enteredByPeople,
  heronEventSchema,
  type HeronEvent,
  type HeronEventType,
} from '../../domain/model/event';
import type { Snapshot } from '../../domain/model/snapshot';
import type { TrapCounts } from '../../monitor/traps/trap-counters';
import { iso, type WatchLine } from './watch-line';

/** Counts the printed events by type, for the summary. */
export class EventCounts {
  private readonly counts = new Map<HeronEventType, number>(
    heronEventSchema.options
      .map((option) => option.shape.type.value)
      .filter((type) => !enteredByPeople.has(type))
      .map((type) => [type, 0]),
  );

  add(event: HeronEvent): void {
    this.counts.set(event.type, (this.counts.get(event.type) ?? 0) + 1);
  }

  toObject(): Partial<Record<HeronEventType, number>> {
    return Object.fromEntries(this.counts);
  }
}

export interface SummaryFacts {
  startedAtMs: number;
  nowMs: number;
  clusters: number;
  edges: number;
  polls: number;
  answered: number;
  events: EventCounts;
  snapshot: Snapshot;
  /** Null: no trap port was open. */
  traps: TrapCounts | null;
}

/** The last line of `heron watch`: duration, polls, events by type, and the states at the end. */
export function summaryLine(facts: SummaryFacts): WatchLine {
  const { clusters } = facts.snapshot;
  return {
    type: 'summary',
    time: iso(facts.nowMs),
    recordedAt: iso(facts.nowMs),
    seconds: Math.round(facts.nowMs - facts.startedAtMs) / 1000,
    clusters: facts.clusters,
    edges: facts.edges,
    polls: facts.polls,
    answered: facts.answered,
    events: facts.events.toObject(),
    states: {
      clusters: tally(clusters.filter(({ kind }) => kind === 'cluster').map(({ health }) => health)),
      edges: tally(clusters.flatMap(({ edges }) => edges).map(({ health }) => health)),
    },
    ...(facts.traps ? { traps: facts.traps } : {}),
  };
}

function tally(states: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const state of states) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
}
