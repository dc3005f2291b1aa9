import { ClusterMonitor } from '../../../../domain/cluster/cluster-monitor';
import type { Edge } from '../../../../domain/inventory/inventory';
import type { HeronEvent } from '../../../../domain/model/event';
import type { Health } from '../../../../domain/model/health';
import type { Reading } from '../../../../domain/model/reading';
import type { ActiveLb } from '../../../../domain/model/snapshot';
import { lbCluster, lbReading, utcMs } from '../../../fixtures/cluster/lb-readings';
import { pollsPerLb, stepMs, type Answer, type Polled, type PolledTriple } from './half-step-worlds';

/** Polls of each LB before the first step and after the last one. */
const pollsBefore = 2;
const pollsAfter = 3;
const latencyMs = 20;
const timeoutMs = 800;
const monotonicOffsetMs = 100_000;

/** One poll of an LB, milliseconds since the first step. */
export interface Poll {
  lb: number;
  edge: Edge;
  fromMs: number;
  toMs: number;
  answer: Answer;
  reading: Reading;
}

/** What a monitor shows after a poll. */
export interface Shown {
  health: Health;
  edges: readonly Health[];
  activeLb: ActiveLb;
}

export interface Told {
  event: HeronEvent;
  /** The index of the poll that led to it. */
  at: number;
}

/** What a monitor was shown of a triple, poll by poll, and what it reported. */
export interface Watched {
  polls: readonly Poll[];
  shown: readonly Shown[];
  told: readonly Told[];
}

const { cluster, edges } = lbCluster(['a', 'b', 'c']);

/** The names of the LBs, in the order of a triple. */
export const lbNames: readonly string[] = edges.map(({ name }) => name);
/** The UTC time of the first step, milliseconds. */
export const firstStepMs = utcMs + monotonicOffsetMs;

/** Shows a triple to the monitor of a cluster, poll by poll in the order in which they end. */
export function watchTriple(triple: PolledTriple): Watched {
  const polls: Poll[] = [];
  for (const [lb, polled] of triple.entries()) polls.push(...pollsOf(polled, lb));
  polls.sort((a, b) => a.toMs - b.toMs);
  const monitor = new ClusterMonitor(cluster, edges);
  const told: Told[] = [];
  const shown: Shown[] = [];
  for (const [at, { edge, reading }] of polls.entries()) {
    context.nowMs = reading.finishedAtMs;
    for (const event of monitor.apply(edge, reading, context).events) told.push({ event, at });
    const { health, activeLb } = monitor;
    shown.push({ health, activeLb, edges: edges.map(({ id }) => monitor.track(id).health) });
  }
  return { polls, shown, told };
}

const context = {
  nowMs: 0,
  rolePollIntervalMs: 2 * stepMs,
  traps: (): never[] => [],
  answeredElsewhereMs: null,
};

const known: Map<Polled, readonly Poll[]>[] = edges.map(() => new Map());

function pollsOf(polled: Polled, lb: number): readonly Poll[] {
  const before = known[lb]?.get(polled);
  if (before) return before;
  const edge = edges[lb];
  if (!edge) throw new Error(`there is no LB ${lb}`);
  const polls: Poll[] = [];
  for (let poll = -pollsBefore; poll < pollsPerLb + pollsAfter; poll++) {
    const answer = poll < 0 ? polled.first : (polled.answers[poll] ?? polled.last);
    const fromMs = (2 * poll + polled.phase) * stepMs + 100 + 60 * lb;
    const toMs = fromMs + (answer === 'silent' ? timeoutMs : latencyMs);
    const reading = lbReading({
      edgeId: edge.id,
      kind: poll === -pollsBefore ? 'health' : 'role',
      fromMs: fromMs + monotonicOffsetMs,
      toMs: toMs + monotonicOffsetMs,
      role: answer,
    });
    polls.push({ lb, edge, fromMs, toMs, answer, reading });
  }
  known[lb]?.set(polled, polls);
  return polls;
}
