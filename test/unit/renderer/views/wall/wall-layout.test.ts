import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { healthRank, healthStates, type Health } from '../../../../../domain/model/health';
import {
  layWall,
  tileGapPx,
  type WallPage,
  type WallSubject,
} from '../../../../../renderer/views/wall/wall-layout';

const screen = { widthPx: 1880, heightPx: 930 };

function fleet(healths: Health[]): WallSubject[] {
  return healths
    .sort((a, b) => healthRank(a) - healthRank(b))
    .map((health, index) => ({ id: `c${index}`, health }));
}

function height({ sections }: WallPage): number {
  const rows = sections.map(({ ids, columns, tileHeightPx }) => ({
    count: Math.ceil(ids.length / columns),
    tileHeightPx,
  }));
  const count = rows.reduce((sum, row) => sum + row.count, 0);
  return rows.reduce((sum, row) => sum + row.count * row.tileHeightPx, 0) + (count - 1) * tileGapPx;
}

describe('the wall', () => {
  it('draws users cut off largest, other problems next, the rest as tiles', () => {
    const page = layWall(
      fleet([
        'no-active-lb',
        'split-brain',
        'unknown',
        'degraded',
        'no-redundancy',
        ...Array<Health>(43).fill('up'),
      ]),
      screen,
    );
    expect(page).toHaveLength(1);
    expect(page[0]?.sections.map(({ size, ids }) => [size, ids.length])).toEqual([
      ['huge', 2],
      ['large', 3],
      ['full', 43],
    ]);
  });

  it('lets a few quiet clusters grow instead of leaving the screen empty', () => {
    const [few] = layWall(fleet(Array<Health>(4).fill('up')), screen);
    const [many] = layWall(fleet(Array<Health>(90).fill('up')), screen);
    expect(few?.sections[0]?.columns).toBeLessThan(many?.sections[0]?.columns ?? 0);
    expect(few?.sections[0]?.tileHeightPx).toBeGreaterThan(many?.sections[0]?.tileHeightPx ?? Infinity);
  });

  it('shows a thousand clusters in turns, with the problems on every page', () => {
    const pages = layWall(fleet(['down', 'degraded', ...Array<Health>(998).fill('up')]), screen);
    expect(pages.length).toBeGreaterThan(1);
    for (const page of pages) expect(page.sections[0]?.ids).toEqual(['c0', 'c1']);
  });

  it('fits the screen and shows every cluster, whatever the fleet and the screen', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...healthStates), { maxLength: 1200 }),
        fc.record({
          widthPx: fc.integer({ min: 900, max: 3840 }),
          heightPx: fc.integer({ min: 500, max: 2000 }),
        }),
        (healths, room) => {
          const subjects = fleet([...healths]);
          const pages = layWall(subjects, room);
          const shown = new Set(pages.flatMap(({ sections }) => sections.flatMap(({ ids }) => ids)));
          expect(shown.size).toBe(subjects.length);
          for (const page of pages) expect(height(page)).toBeLessThanOrEqual(Math.max(room.heightPx, 0));
          expect(pages[0]?.sections[0]?.ids[0]).toBe(subjects[0]?.id);
        },
      ),
      { numRuns: 300 },
    );
  });
});
