import type { Span } from '../../../domain/model/history';
import type { HeronEvent, RecordedEvent } from '../../../domain/model/event';
import { healthSchema, type Health } from '../../../domain/model/health';
import { lbRoleSchema, type LbRole } from '../../../domain/model/role';
import { stateWords } from '../../words/states';
import { eventTypeWords } from '../../../domain/words/events';

/** A state of the edge over a part of the range, percent from the left. */
export interface Band<State> {
  state: State;
  fromMs: number;
  left: number;
  width: number;
}

type PercentOf = (ms: number) => number;

/** The roles of the edge's LB; a role that the history has in an unrecognised form is unknown. */
export function roleBands(spans: readonly Span[], toMs: number, percentOf: PercentOf): Band<LbRole>[] {
  return bandsOf(
    spans,
    'lb-role',
    toMs,
    percentOf,
    (state) => lbRoleSchema.safeParse(state).data ?? 'unknown',
  );
}

/** The states of the edge. */
export function healthBands(spans: readonly Span[], toMs: number, percentOf: PercentOf): Band<Health>[] {
  return bandsOf(
    spans,
    'edge-health',
    toMs,
    percentOf,
    (state) => healthSchema.safeParse(state).data ?? 'unknown',
  );
}

/** One band for each state: a new span also begins when only its reasons change. */
function bandsOf<State>(
  spans: readonly Span[],
  kind: Span['kind'],
  toMs: number,
  percentOf: PercentOf,
  stateOf: (state: string) => State,
): Band<State>[] {
  const bands: Band<State>[] = [];
  for (const span of spans) {
    if (span.kind !== kind) continue;
    const state = stateOf(span.state);
    const right = percentOf(Math.min(span.toMs ?? toMs, toMs));
    const left = percentOf(span.fromMs);
    const last = bands.at(-1);
    if (last?.state === state && Math.abs(last.left + last.width - left) < 1e-9)
      last.width = right - last.left;
    else if (right > left) bands.push({ state, fromMs: span.fromMs, left, width: right - left });
  }
  return bands;
}

/** An event of the edge on the time axis. `fromMs` and `toMs` bound when it happened. */
export interface EdgeEventMark {
  id: number;
  recorded: RecordedEvent;
  words: string;
  fromMs: number;
  toMs: number;
  isBracket: boolean;
}

/** The events about this edge or its LB, oldest first. */
export function edgeEventMarks(rows: readonly RecordedEvent[], edgeId: string): EdgeEventMark[] {
  return rows
    .flatMap((recorded) => {
      const words = markWords(recorded.event, edgeId);
      if (words === null) return [];
      const { event, id } = recorded;
      const bracket = 'bracket' in event ? event.bracket : null;
      const [fromMs, toMs] = bracket ? [bracket.lastOldMs, bracket.firstNewMs] : [event.timeMs, event.timeMs];
      return [{ id, recorded, words, fromMs, toMs, isBracket: bracket !== null }];
    })
    .sort((a, b) => a.toMs - b.toMs || a.id - b.id);
}

/** What an event means for this edge, in a few words; null: it is not about it. */
function markWords(event: HeronEvent, edgeId: string): string | null {
  switch (event.type) {
    case 'failover':
    case 'failback':
      if (event.toEdgeId === edgeId) return 'Became active LB';
      return event.fromEdgeId === edgeId ? 'Was active LB until then' : null;
    case 'edge-state':
      return event.edgeId === edgeId ? stateWords[event.to].word : null;
    case 'finding':
      return event.edgeId === edgeId ? event.reason.fact : null;
    case 'no-active-lb':
    case 'split-brain':
      return eventTypeWords[event.type];
    default:
      return null;
  }
}

/** Which marks have room for their words, newest first: words never run into the next mark. Pixels from the left. */
export function labelledMarks(
  marks: readonly { id: number; leftPx: number; rightPx: number; words: string }[],
  widthPx: number,
): ReadonlyMap<number, { side: 'left' | 'right'; mostPx: number }> {
  const gapPx = 8;
  const leastPx = 44;
  const placed = new Map<number, { side: 'left' | 'right'; mostPx: number }>();
  let limit = widthPx;
  for (const [index, mark] of [...marks.entries()].reverse()) {
    const wantedPx = mark.words.length * 6.4;
    const rightRoom = limit - mark.rightPx - gapPx;
    const leftRoom = mark.leftPx - (marks[index - 1]?.rightPx ?? 0) - gapPx;
    if (rightRoom >= Math.min(wantedPx, 140)) placed.set(mark.id, { side: 'right', mostPx: rightRoom });
    else if (leftRoom >= Math.max(leastPx, Math.min(wantedPx, 140))) {
      placed.set(mark.id, { side: 'left', mostPx: leftRoom });
      limit = mark.leftPx - gapPx - Math.min(wantedPx, leftRoom);
      continue;
    } else if (rightRoom >= leastPx) placed.set(mark.id, { side: 'right', mostPx: rightRoom });
    limit = mark.leftPx - gapPx;
  }
  return placed;
}
