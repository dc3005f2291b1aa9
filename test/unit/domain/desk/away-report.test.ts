import { describe, expect, it } from 'vitest';
import { awayReport } from '../../../../domain/desk/away-report';
import { mostAwayItems } from '../../../../domain/model/desk';
import type { HeronEvent, HeronEventType, RecordedEvent } from '../../../../domain/model/event';
import { eventOf } from '../../cli/watch/sample-events';

const fromMs = Date.UTC(2026, 11, 1, 2);
const toMs = Date.UTC(2026, 11, 1, 7);
const minute = 60_000;
let lastId = 0;
/** An event of a type, so many minutes after the person left. */
function at<T extends HeronEventType>(
  minutes: number,
  type: T,
  change: Partial<Extract<HeronEvent, { type: T }>> = {},
): RecordedEvent {
  const timeMs = fromMs + minutes * minute;
  const event = { ...eventOf(type), timeMs, recordedAtMs: timeMs, ...change } as HeronEvent;
  return { id: (lastId += 1), event } as RecordedEvent;
}
const report = (events: readonly RecordedEvent[]) => awayReport(events, { fromMs, toMs });
const named = { alertId: 'a', rule: 'no-active-lb', severity: 'critical' } as const;

describe('what happened while a person was away', () => {
  it('began: what lasts, with its worst severity', () => {
    const { began, items } = report([
      at(10, 'alert', { ...named, severity: 'warning' }),
      at(20, 'alert-changed', { ...named, phase: 'severity' }),
    ]);
    expect(began).toBe(1);
    expect(items).toMatchObject([
      { kind: 'began', severity: 'critical', fromMs: fromMs + 10 * minute, toMs: null },
    ]);
    expect(items[0]?.title).toMatch(/^No active LB: /);
  });

  it('ended: what began before or meanwhile, with both times', () => {
    const { began, ended, items } = report([
      at(10, 'alert', { ...named, alertId: 'b' }),
      at(30, 'alert-cleared', { ...named, alertId: 'b', openedMs: fromMs + 10 * minute }),
      at(40, 'alert-cleared', { ...named, openedMs: fromMs - 30 * minute }),
    ]);
    expect([began, ended]).toEqual([0, 2]);
    expect(items.map((item) => [item.fromMs, item.toMs])).toEqual([
      [fromMs + 10 * minute, fromMs + 30 * minute],
      [fromMs - 30 * minute, fromMs + 40 * minute],
    ]);
  });

  it('leaves out what became part of another alert, and an alert of a failover that is listed itself', () => {
    const { items } = report([
      at(10, 'alert', { ...named, alertId: 'c' }),
      at(11, 'alert-cleared', { ...named, alertId: 'c', ended: 'absorbed' }),
      at(12, 'failover'),
      at(12, 'alert', { ...named, alertId: 'd', rule: 'failover', severity: 'info' }),
    ]);
    expect(items).toMatchObject([{ kind: 'changed', title: expect.stringContaining('Failover') }]);
  });

  it('counts what people did, maintenance and gaps as changes, and gaps once', () => {
    const gap = (from: number, to: number) =>
      at(to, 'gap', { fromMs: fromMs + from * minute, toMs: fromMs + to * minute, clusters: undefined });
    const { changed, notMonitoredMs } = report([
      at(5, 'note'),
      at(6, 'acknowledged'),
      at(7, 'maintenance'),
      gap(10, 20),
      gap(15, 30),
    ]);
    expect(changed).toBe(5);
    expect(notMonitoredMs).toBe(20 * minute);
  });

  it('contains nothing of before and after', () => {
    expect(report([at(-1, 'failover'), at(301, 'failover')]).items).toEqual([]);
  });

  it('lists what lasts before what is over, and worse before better', () => {
    const { items } = report([
      at(1, 'alert', { ...named, alertId: 'e', severity: 'info' }),
      at(2, 'alert', { ...named, alertId: 'f' }),
      at(3, 'alert-cleared', { ...named, alertId: 'g', openedMs: fromMs }),
      at(4, 'note'),
    ]);
    expect(items.map(({ kind, severity }) => `${kind} ${severity}`)).toEqual([
      'began critical',
      'began info',
      'ended critical',
      'changed null',
    ]);
  });

  it('counts all of a long absence, and lists the most important', () => {
    const { changed, items } = report(Array.from({ length: 300 }, () => at(9, 'note')));
    expect(changed).toBe(300);
    expect(items).toHaveLength(mostAwayItems);
  });
});
