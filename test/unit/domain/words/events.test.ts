import { describe, expect, it } from 'vitest';
import { eventPlace, eventWords } from '../../../../domain/words/events';
import { madeHistory } from '../../../fixtures/fake-bridge/events';

const now = Date.UTC(2026, 10, 24, 14, 6, 29);
const history = madeHistory(now, 6);
const of = (type: string, place?: string) =>
  history.find(({ event }) => event.type === type && (place === undefined || eventPlace(event) === place))!;

describe('events in words', () => {
  it('bracket a failover with one decimal, its length and its cause', () => {
    const words = eventWords(of('failover', 'fra-02').event, 'utc');
    expect(words.title).toBe('Failover, fra-02-03 to fra-02-05');
    expect(words.lines).toEqual([
      'Between 14:02:10.8 and 14:02:13.0, 0.9 to 3.1 s without an active LB.',
      'Cause: link lost. ifOperStatus of vmx1 and vmx2 on fra-02-03 is down.',
    ]);
    expect(words.mark).toBe('bracket');
  });

  it('state that a gap was not monitored, and what it counts as', () => {
    const words = eventWords(of('gap').event, 'utc');
    expect(words.title).toBe('Not monitored for 2 m 51 s');
    expect(words.lines[0]).toContain('Counted as unknown, not as up.');
    expect(words.mark).toBe('gap');
    expect(eventPlace(of('gap').event)).toBe('every cluster');
  });

  it.each([
    ['no-active-lb', 'gru-01 has no active LB'],
    ['split-brain', 'sin-02-01 and sin-02-04 are both MASTER'],
    ['flapping', 'ord-01 is flapping'],
    ['edge-state', 'fra-02-03 is down'],
    ['cluster-state', 'fra-02 is degraded'],
    ['start', 'Heron started'],
  ])('title %s', (type, title) => {
    expect(eventWords(of(type).event, 'utc').title).toBe(title);
  });
});
