import { describe, expect, it } from 'vitest';
import { EventCounts, summaryLine } from '../../../../cli/watch/watch-summary';
import { WatchPrinter } from '../../../../cli/watch/watch-printer';
import type { ClusterView, EdgeView, Snapshot } from '../../../../domain/model/snapshot';
import { eventOf, readingOf } from './sample-events';

const edge = (health: EdgeView['health']) => ({ health }) as EdgeView;
const snapshot = {
  clusters: [
    { kind: 'cluster', health: 'degraded', edges: [edge('up'), edge('up'), edge('down')] },
    { kind: 'standalone', health: 'up', edges: [edge('up')] },
  ] as ClusterView[],
} as Snapshot;

describe('summaryLine', () => {
  it('counts events of every type, and states of clusters and edges', () => {
    const events = new EventCounts();
    for (const type of ['start', 'failover', 'edge-state', 'edge-state'] as const) events.add(eventOf(type));
    const line = summaryLine({
      ...{ startedAtMs: 1000, nowMs: 3500.4, clusters: 1, edges: 4, polls: 20, answered: 15 },
      events,
      snapshot,
      traps: null,
    });
    expect(line).not.toHaveProperty('traps');
    expect(line).toMatchObject({
      type: 'summary',
      time: '1970-01-01T00:00:03.500Z',
      seconds: 2.5,
      polls: 20,
      answered: 15,
      states: { clusters: { degraded: 1 }, edges: { up: 3, down: 1 } },
      events: { start: 1, failover: 1, 'edge-state': 2, 'split-brain': 0, gap: 0 },
    });
  });
});

describe('WatchPrinter', () => {
  it('prints the reading with the first edge-state of an edge that has one', () => {
    const lines: object[] = [];
    const printer = new WatchPrinter({
      print: (line) => lines.push(line),
      closed: new Promise(() => undefined),
    });
    printer.print(eventOf('edge-state'), null);
    printer.print(eventOf('edge-state'), readingOf());
    printer.print(eventOf('edge-state'), readingOf());
    printer.print(eventOf('failover'), readingOf());
    expect(lines.map((line) => 'reading' in line)).toEqual([false, true, false, false]);
  });
});
