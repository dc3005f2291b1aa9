import { describe, expect, it } from 'vitest';
import { inputTime, momentOfInput, shiftEnds } from '../../../../../../renderer/time/end-choices';
import {
  silenceSuggestions,
  tokensOf,
  withoutToken,
  withTyped,
} from '../../../../../../renderer/shell/dialogs/alerts/silence-matcher';

describe('what a silence matches', () => {
  it('is typed with or without the kind of pattern', () => {
    expect(withTyped({}, 'site Frankfurt')).toEqual({ site: 'Frankfurt' });
    expect(withTyped({ site: 'Frankfurt' }, ' fra-* ')).toEqual({ site: 'Frankfurt', cluster: 'fra-*' });
    expect(withTyped({}, 'name: fra-01')).toEqual({ cluster: 'fra-01' });
    expect(withTyped({}, 'CPU')).toEqual({ rule: 'CPU' });
    expect(withTyped({ cluster: 'a' }, 'cluster b')).toEqual({ cluster: 'b' });
    expect(withTyped({}, '  ')).toEqual({});
    expect(withTyped({}, 'edge ')).toEqual({ cluster: 'edge' });
  });

  it('is shown as tokens, and loses the one that is removed', () => {
    const matcher = { cluster: 'lhr-01', rule: 'cpu' };
    expect(tokensOf(matcher)).toEqual([
      { field: 'rule', pattern: 'cpu', joint: '' },
      { field: 'cluster', pattern: 'lhr-01', joint: 'and' },
    ]);
    expect(withoutToken(matcher, 0)).toEqual({ cluster: 'lhr-01' });
    expect(withoutToken(matcher, 1)).toEqual({ rule: 'cpu' });
  });

  it('can be chosen from what is monitored, each site once', () => {
    const rows = ['a', 'b'].map((name) => ({ name, site: 'Bonn', edges: [] }));
    const offered = silenceSuggestions(rows);
    expect(offered.filter((text) => text === 'site Bonn')).toHaveLength(1);
    expect(offered).toContain('cluster b');
    expect(offered).toContain('rule no-active-lb');
  });
});

describe('the ends that are offered', () => {
  it('are the end of the shift and the next morning, the sooner one first', () => {
    const at = (time: string) => shiftEnds(Date.parse(`2026-11-29T${time}Z`), 'utc');
    expect(at('12:00').map(({ words }) => words)).toEqual(['22:00', 'tomorrow 08:00']);
    expect(at('21:45').map(({ words }) => words)).toEqual(['tomorrow 08:00', '30 Nov 22:00']);
    expect(at('23:30')[0]?.atMs).toBe(Date.parse('2026-11-30T08:00Z'));
  });

  it('are typed by the clocks of the zone that is shown', () => {
    const atMs = Date.parse('2026-11-29T18:00Z');
    for (const zone of ['utc', 'local'] as const)
      expect(momentOfInput(inputTime(atMs, zone), zone)).toBe(atMs);
    expect(momentOfInput('', 'utc')).toBeNull();
  });
});
