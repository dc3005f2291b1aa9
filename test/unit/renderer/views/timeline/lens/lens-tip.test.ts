import { describe, expect, it } from 'vitest';
import { lensTip } from '../../../../../../renderer/views/timeline/lens/lens-tip';
import type { Lane } from '../../../../../../renderer/ui/timeline/lanes';

const atMs = Date.UTC(2026, 10, 29, 21, 29, 0);
const scale = { fromMs: atMs, toMs: atMs + 10_000, widthPx: 1000 };
const lane = (kind: Lane['kind'], subjectId: string | null, topPx: number): Lane => ({
  kind,
  clusterId: 'fra-01',
  key: `${kind} ${subjectId}`,
  name: subjectId ?? kind,
  subjectId,
  topPx,
  heightPx: 20,
});
const detail = {
  scale,
  lanes: [lane('role', 'fra-01-03', 0), lane('health', 'fra-01-04', 20), lane('ingress', null, 40)],
  readings: new Map([
    [
      'fra-01-03',
      {
        answeredMs: [atMs + 1000],
        silentMs: [atMs + 3000],
        ingress: [{ atMs: atMs + 1000, bitsPerSecond: 2e6 }],
      },
    ],
  ]),
  lbs: [
    { id: 'fra-01-03', name: 'fra-01-03' },
    { id: 'fra-01-04', name: 'fra-01-04' },
  ],
  zone: 'utc' as const,
};
const state = { title: 'fra-01-03: MASTER', lines: ['since 21:00:00'] };

describe('the tip of a lens', () => {
  it('names the poll that is pointed at before the state', () => {
    expect(lensTip({ x: 103, y: 5 }, state, detail)).toEqual({
      title: state.title,
      lines: ['Polled at 21:29:01.0, answered', 'since 21:00:00'],
    });
    expect(lensTip({ x: 298, y: 5 }, null, detail)).toEqual({
      title: 'fra-01-03',
      lines: ['Polled at 21:29:03.0, not answered'],
    });
  });

  it('is that of the state alone between polls, and on an edge that was not read', () => {
    expect(lensTip({ x: 200, y: 5 }, state, detail)).toBe(state);
    expect(lensTip({ x: 103, y: 25 }, state, detail)).toBe(state);
    expect(lensTip({ x: 103, y: 25 }, null, detail)).toBeNull();
  });

  it('has the nearest traffic of each LB that was read on the ingress lane', () => {
    expect(lensTip({ x: 900, y: 45 }, null, detail)?.lines).toEqual(['fra-01-03: 2 Mb/s at 21:29:01.0']);
    expect(lensTip({ x: 900, y: 45 }, null, { ...detail, readings: new Map() })).toBeNull();
  });
});
