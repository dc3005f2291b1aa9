import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { healthStates, isProblem, type Health } from '../../../../../domain/model/health';
import type { Place, PlacedTile, WallPage, WallRoom } from '../../../../../renderer/views/wall/place-blocks';
import { fitProblem, isProblemForm, problemForms } from '../../../../../renderer/views/wall/problem-forms';
import { quietForms, quietHeight, type QuietFormName } from '../../../../../renderer/views/wall/quiet-forms';
import { layWall } from '../../../../../renderer/views/wall/wall-layout';
import { widthOf } from '../../../../../renderer/views/wall/wall-text';
import type { WallSubject } from '../../../../../renderer/views/wall/wall-subject';
import { estimatedWidth } from '../../../../fixtures/wall/estimated-width';
import { madeMemory, madeSubjects } from '../../../../fixtures/wall/wall-subjects';

const problemStates = healthStates.filter((health) => isProblem(health));
const quietStates = healthStates.filter((health) => !isProblem(health));
/** Rounding of sums of fractions. */
const tolerancePx = 0.01;

const names = fc.oneof(
  { weight: 20, arbitrary: fc.stringMatching(/^[a-z]{3}-[0-9]{2}$/) },
  { weight: 2, arbitrary: fc.stringMatching(/^[a-z]{8,20}-[0-9]{2}$/) },
  {
    weight: 1,
    arbitrary: fc.string({ unit: fc.constantFrom('W', 'i', '-', ' ', 'ß'), minLength: 1, maxLength: 64 }),
  },
);
const fleets = fc
  .record({
    size: fc.integer({ min: 1, max: 300 }),
    problems: fc.integer({ min: 0, max: 60 }),
    outages: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 12 })),
  })
  .chain(({ size, problems, outages }) =>
    fc.record({
      outages: fc.constant(outages),
      named: fc.array(names, { minLength: 20, maxLength: 40 }),
      healths: fc.tuple(
        fc.array(fc.constantFrom(...problemStates), {
          minLength: Math.min(size, problems),
          maxLength: Math.min(size, problems),
        }),
        fc.array(fc.constantFrom(...quietStates), {
          minLength: Math.max(0, size - problems),
          maxLength: Math.max(0, size - problems),
        }),
      ),
    }),
  )
  .map(({ outages, named, healths }) => ({
    memory: madeMemory(outages),
    banners: [],
    explained: new Set<string>(),
    clusters: madeSubjects(healths.flat(), (number) => named[number % named.length] ?? ''),
  }));
/** From a window of 1024 x 700 to a video wall, in pixels of the layout. */
const rooms = fc.oneof(
  fc.constantFrom<WallRoom[]>(
    { widthPx: 980, heightPx: 550 },
    { widthPx: 1236, heightPx: 650 },
    { widthPx: 1872, heightPx: 924 },
  ),
  fc.record({
    widthPx: fc.integer({ min: 900, max: 3800 }),
    heightPx: fc.integer({ min: 440, max: 2000 }),
  }),
);

function places({ tiles, memory }: WallPage): Place[] {
  return memory === null ? tiles : [...tiles, memory];
}

function overlap(a: Place, b: Place): boolean {
  return (
    a.xPx + a.widthPx > b.xPx + tolerancePx &&
    b.xPx + b.widthPx > a.xPx + tolerancePx &&
    a.yPx + a.heightPx > b.yPx + tolerancePx &&
    b.yPx + b.heightPx > a.yPx + tolerancePx
  );
}

function isInside({ xPx, yPx, widthPx, heightPx }: Place, room: WallRoom): boolean {
  return (
    xPx >= 0 &&
    yPx >= 0 &&
    xPx + widthPx <= room.widthPx + tolerancePx &&
    yPx + heightPx <= room.heightPx + tolerancePx
  );
}

/** What of a tile's texts does not fit in it; empty when all do. */
function tooSmall(tile: PlacedTile, subject: WallSubject): string {
  if (isProblemForm(tile.form)) {
    const { heightPx } = fitProblem(subject, tile.form, tile.scale, tile.widthPx, estimatedWidth);
    return heightPx > tile.heightPx + tolerancePx ? `${heightPx} high in ${tile.heightPx}` : '';
  }
  const form = quietForms[tile.form as QuietFormName];
  const used = Math.min(tile.scale, form.mostScale);
  const inner = tile.widthPx - (2 * form.padX + form.glyph) * used;
  const lines = Math.ceil(widthOf(estimatedWidth, subject.name, 500, form.name * used) / inner);
  const needed = quietHeight(tile.form as QuietFormName, tile.scale) + (lines - 1) * form.name * used;
  return needed > tile.heightPx + tolerancePx ? `${lines} lines in ${tile.heightPx}` : '';
}

describe('the wall, whatever the fleet, its problems and the screen', () => {
  it('shows every cluster, inside the screen, none over another, with nothing of its texts cut', () => {
    fc.assert(
      fc.property(fleets, rooms, (content, room) => {
        const pages = layWall(content, room, estimatedWidth);
        const byId = new Map(content.clusters.map((subject) => [subject.id, subject]));
        expect(new Set(pages.flatMap(({ tiles }) => tiles.map(({ id }) => id))).size).toBe(byId.size);
        for (const page of pages) {
          const all = places(page);
          expect(all.filter((place) => !isInside(place, room))).toEqual([]);
          const hits = all.flatMap((one, index) =>
            all.slice(index + 1).filter((other) => overlap(one, other)),
          );
          expect(hits).toEqual([]);
          const cut = page.tiles.flatMap((tile) => {
            const subject = byId.get(tile.id);
            const what = subject ? tooSmall(tile, subject) : 'no such cluster';
            return what === '' ? [] : [`${subject?.name} as ${tile.form}: ${what}`];
          });
          expect(cut).toEqual([]);
        }
      }),
      { numRuns: 80 },
    );
  });

  it('uses the whole height, holds the smallest sizes, and shows the worst problem and the outages on each page', () => {
    fc.assert(
      fc.property(fleets, rooms, (content, room) => {
        const pages = layWall(content, room, estimatedWidth);
        const worst = content.clusters[0];
        for (const page of pages) {
          const bottom = Math.max(...places(page).map(({ yPx, heightPx }) => yPx + heightPx));
          expect(bottom).toBeGreaterThan(room.heightPx - tolerancePx);
          for (const { scale } of page.tiles) expect(scale).toBeGreaterThanOrEqual(1);
          expect(page.memory === null).toBe(content.memory.length === 0);
          if (page.memory) expect(page.memory.shown).toBeGreaterThanOrEqual(1);
          if (worst && isProblem(worst.health)) expect(page.tiles[0]?.id).toBe(worst.id);
        }
      }),
      { numRuns: 80 },
    );
  });

  it('draws a problem as one, with its state and reason, and no other cluster as one', () => {
    fc.assert(
      fc.property(fleets, rooms, (content, room) => {
        const health = new Map<string, Health>(content.clusters.map((one) => [one.id, one.health]));
        for (const { tiles } of layWall(content, room, estimatedWidth)) {
          for (const { id, form } of tiles) {
            expect(isProblemForm(form)).toBe(isProblem(health.get(id) ?? 'up'));
          }
        }
      }),
      { numRuns: 20 },
    );
  });
});

describe('the sizes of the wall’s texts', () => {
  it('are those that can be read from three metres: a problem’s name 36, its reason 24, another’s name 21, all others 18', () => {
    for (const form of Object.values(problemForms)) {
      expect(form.name).toBeGreaterThanOrEqual(36);
      expect(form.reason).toBeGreaterThanOrEqual(24);
      for (const size of [form.site, form.state, form.timer, form.since, form.fact, form.tag]) {
        expect(size === 0 || size >= 18).toBe(true);
      }
    }
    for (const form of Object.values(quietForms)) {
      expect(form.name).toBeGreaterThanOrEqual(21);
      for (const size of [form.site, form.lb, form.spare]) expect(size === 0 || size >= 18).toBe(true);
    }
  });
});
