import { describe, expect, it } from 'vitest';
import type { Health } from '../../../../../domain/model/health';
import type { WallPage, WallRoom } from '../../../../../renderer/views/wall/place-blocks';
import { layWall } from '../../../../../renderer/views/wall/wall-layout';
import { estimatedWidth } from '../../../../fixtures/wall/estimated-width';
import { madeMemory, madeSubject, madeSubjects } from '../../../../fixtures/wall/wall-subjects';

const fullHd: WallRoom = { widthPx: 1872, heightPx: 924 };
const kinds: Health[] = ['no-active-lb', 'split-brain', 'unknown', 'degraded', 'no-redundancy'];

/** Rows of which so many have a problem, the first two of them cut off. */
function fleet(size: number, problems: number): ReturnType<typeof madeSubjects> {
  const healths = Array.from({ length: size }, (_, number): Health => {
    return number >= problems ? 'up' : (kinds[number] ?? 'degraded');
  });
  return madeSubjects(healths, (number) => `ams-${String(number % 100).padStart(2, '0')}`);
}

function lay(size: number, problems: number, outages = 0, room = fullHd): WallPage[] {
  const content = {
    clusters: fleet(size, problems),
    memory: madeMemory(outages),
    banners: [],
    explained: new Set<string>(),
  };
  return layWall(content, room, estimatedWidth);
}

function forms(page: WallPage | undefined): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { form } of page?.tiles ?? []) counts[form] = (counts[form] ?? 0) + 1;
  return counts;
}

describe('the wall', () => {
  it('draws a few problems large, and beside them site, LB, spare and traffic of the others', () => {
    const [page, ...more] = lay(7, 1);
    expect(more).toEqual([]);
    expect(forms(page)).toEqual({ large: 1, card: 6 });
    for (const { show } of page?.tiles ?? []) expect(show).toMatchObject({ lb: true, spare: true });
    expect(page?.tiles.filter(({ show }) => show.site)).toHaveLength(6);
  });

  it('has one page for 7, 60 and 300 clusters without problems, with names as large as they fit', () => {
    const scales = [7, 60, 300].map((size) => {
      const pages = lay(size, 0);
      expect(pages, `${size}`).toHaveLength(1);
      return pages[0]?.tiles[0]?.scale ?? 0;
    });
    expect(Math.min(...scales)).toBeGreaterThan(1.1);
  });

  it('keeps the running time and the site of a problem rather than enlarging its name further', () => {
    for (const outages of [0, 2]) {
      const [page] = lay(7, 1, outages, { widthPx: 976, heightPx: 560 });
      expect(page?.tiles[0]?.show).toMatchObject({ timer: true, site: true });
    }
  });

  it('prefers pages of problems with reasons to problems without: sixty take turns, the worst on each page', () => {
    const pages = lay(60, 60);
    expect(pages.length).toBeGreaterThan(1);
    const ids = pages.map(({ tiles }) => tiles.map(({ id }) => id));
    for (const page of ids) expect(page.slice(0, 4)).toEqual(ids[0]?.slice(0, 4));
    expect(new Set(ids.flat()).size).toBe(60);
  });

  it('shows outages that are over in the free place of a row, or else on a strip, on every page', () => {
    expect(lay(60, 3, 2)[0]?.memory).toMatchObject({ form: 'tile', shown: 2 });
    expect(lay(60, 0, 2)[0]?.memory).toMatchObject({ form: 'strip', shown: 2 });
    for (const page of lay(1000, 3, 2)) expect(page.memory).toMatchObject({ form: 'strip', shown: 2 });
  });

  it('says how many outages do not fit, and shows the first one whatever its name', () => {
    expect(lay(60, 0, 30)[0]?.memory?.shown).toBeGreaterThanOrEqual(2);
    const memory = madeMemory(2).map((one) => ({ ...one, name: 'W'.repeat(64) }));
    const [page] = layWall(
      { clusters: fleet(7, 0), memory, banners: [], explained: new Set<string>() },
      fullHd,
      estimatedWidth,
    );
    expect(page?.memory?.shown).toBe(1);
    expect(page?.memory?.heightPx).toBeGreaterThan(60);
  });

  it('gives a long name more cells, and leaves its neighbours in theirs', () => {
    const clusters = fleet(300, 0);
    const long = madeSubject(7, 'up', 'amsterdam-digital-realty-ams17-production-01');
    clusters[7] = long;
    const [page] = layWall(
      { clusters, memory: [], banners: [], explained: new Set<string>() },
      fullHd,
      estimatedWidth,
    );
    const widths = page?.tiles.map(({ id, widthPx }) => [id, Math.round(widthPx)] as const) ?? [];
    const wide = widths.filter(([, width]) => width > Math.min(...widths.map(([, each]) => each)) + 1);
    expect(wide.map(([id]) => id)).toContain(long.id);
    expect(wide.length).toBeLessThan(12);
  });

  it('has Heron’s own state above everything while it sees nothing, and no tile of a problem below it', () => {
    const banner = {
      ...madeSubject(0, 'unknown', 'Heron sees nothing: all 60 clusters silent since 21:29:13'),
      id: '',
    };
    const clusters = madeSubjects(Array<Health>(60).fill('unknown'));
    const pages = layWall(
      { clusters, memory: [], banners: [banner], explained: new Set(clusters.map(({ id }) => id)) },
      fullHd,
      estimatedWidth,
    );
    expect(pages).toHaveLength(1);
    expect(pages[0]?.tiles[0]).toMatchObject({ id: '', form: 'large', yPx: 0 });
    expect(forms(pages[0])['large']).toBe(1);
    expect(pages[0]?.tiles).toHaveLength(61);
  });
});
