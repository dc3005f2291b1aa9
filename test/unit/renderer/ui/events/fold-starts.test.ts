import { describe, expect, it } from 'vitest';
import type { RecordedEvent } from '../../../../../domain/model/event';
import type { Health } from '../../../../../domain/model/health';
import { foldStarts, foldWords } from '../../../../../renderer/ui/events/fold-starts';

function state(id: number, timeMs: number, from: Health, to: Health): RecordedEvent {
  const cluster = { clusterId: 'fra', clusterName: 'fra' };
  const edge = { edgeId: `fra-${id}`, edgeName: `fra-${id}` };
  const event = { ...cluster, ...edge, timeMs, recordedAtMs: timeMs, from, to, reasons: [] };
  return { id, event: { type: 'edge-state', ...event } };
}
const idsOf = (rows: RecordedEvent[]) => foldStarts(rows).map(({ rows: of }) => of.map(({ id }) => id));

it('folds what became known to be up at one start, and nothing else', () => {
  const start = [3, 2, 1].map((id) => state(id, 1000 + id, 'unknown', 'up'));
  expect(idsOf(start)).toEqual([[3, 2, 1]]);
  expect(idsOf([state(5, 2000, 'up', 'down'), ...start])).toEqual([[5], [3, 2, 1]]);
  expect(idsOf([state(5, 2000, 'unknown', 'degraded'), ...start])).toEqual([[5], [3, 2, 1]]);
  expect(idsOf([state(5, 60_000, 'unknown', 'up'), ...start])).toEqual([[5], [3, 2, 1]]);
  const [third, ...others] = start;
  expect(idsOf([third!, state(4, 1002, 'up', 'down'), ...others])).toEqual([[3], [4], [2], [1]]);
  expect(idsOf([])).toEqual([]);
});

describe('several starts', () => {
  const at = (minutes: number): number => Date.UTC(2026, 10, 24, 21, minutes);
  const start = (id: number, minutes: number): RecordedEvent => ({
    id,
    event: {
      type: 'start',
      timeMs: at(minutes),
      recordedAtMs: at(minutes),
      version: '1',
      clusters: 1,
      edges: 2,
    },
  });
  const known = (id: number, minutes: number): RecordedEvent => state(id, at(minutes) + 20, 'unknown', 'up');
  const gap = (id: number, minutes: number): RecordedEvent => ({
    id,
    event: {
      type: 'gap',
      timeMs: at(minutes),
      recordedAtMs: at(minutes),
      fromMs: at(minutes) - 5000,
      toMs: at(minutes),
      reason: 'not-running',
      words: 'Heron was not running.',
    },
  });
  const finding = (id: number, minutes: number): RecordedEvent => ({
    id,
    event: {
      type: 'finding',
      timeMs: at(minutes),
      recordedAtMs: at(minutes),
      clusterId: 'fra',
      clusterName: 'fra',
      edgeId: null,
      edgeName: null,
      reason: { code: 'spare', fact: '', detail: '' },
    },
  });

  it('that follow each other share one line, with what each made known', () => {
    const rows = [
      known(9, 20),
      finding(8, 20),
      start(7, 20),
      gap(6, 20),
      known(5, 10),
      start(4, 10),
      known(2, 0),
      start(1, 0),
    ];
    const [entry, ...others] = foldStarts(rows);
    expect(others).toEqual([]);
    expect(entry?.kind).toBe('starts');
    expect(entry?.rows).toEqual(rows);
    expect(foldWords(entry!, at(30), 'utc')).toBe('Heron started 3 times, 21:00:00 to 21:20:00');
  });

  it('stay apart where something happened in between, and a single one stands by itself', () => {
    const down = state(6, at(5), 'up', 'down');
    expect(idsOf([start(7, 20), down, known(2, 0), start(1, 0)])).toEqual([[7], [6], [2], [1]]);
    expect(idsOf([finding(9, 25), start(7, 20), start(1, 0)])).toEqual([[9], [7, 1]]);
  });
});
