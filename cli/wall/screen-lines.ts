import { plural } from '../../domain/words/amount';
import { clusterLines } from './cluster-lines';
import { eventLines } from './event-lines';
import { failoverLines } from './failover-lines';
import { hintsHere, type KeyHint } from './footer-lines';
import { headerLines } from './header-lines';
import { helpLines } from './help-lines';
import { lineOf, type Ink, type Line } from './line';
import { framed, lastLine, wallLines } from './wall-lines';
import { openPage, type Page, type Screenful, type Size, type WallData, type WallUi } from './wall-state';

const clusterKeys: readonly KeyHint[] = [
  ['q', 'back'],
  ['a', 'acknowledge'],
  ['e', 'events'],
  ['f', 'failover'],
  ['j k', 'scroll'],
  ['t', 'time'],
  ['?', 'help'],
];
const eventKeys: readonly KeyHint[] = [
  ['q', 'back'],
  ['j k', 'move'],
  ['Enter', 'open cluster'],
  ['f', 'failover'],
  ['t', 'time'],
  ['?', 'help'],
];
const failoverKeys: readonly KeyHint[] = [
  ['q', 'back'],
  ['Left', 'earlier'],
  ['Right', 'latest'],
  ['e', 'events'],
  ['t', 'time'],
];
const otherKeys: readonly KeyHint[] = [
  ['q', 'back'],
  ['j k', 'scroll'],
];

/** The whole screen: exactly `size.rows` lines of at most `size.columns` cells. */
export function screenLines(data: WallData, ui: WallUi, size: Size, ink: Ink): Screenful {
  const page = openPage(ui);
  if (page.kind === 'wall') return wallLines(data, ui, size, ink);
  const { columns } = size;
  const header = headerLines(data, titleOf(page, data), columns, ink);
  const foot = [lastLine(ui, hintsHere(keysOf(page), data), columns, ink)];
  const rows = Math.max(0, size.rows - header.length - foot.length);
  const lines = pageLines(page, data, { columns, rows }, ink);
  const first = Math.min(ui.scroll, Math.max(0, lines.length - rows));
  const shown = lines.slice(first, first + rows);
  const below = lines.length - first - rows;
  if (below > 0) shown.splice(-1, 1, lineOf(ink.text(` ${plural(below + 1, 'more line')} (j)`, 'quiet')));
  return { lines: framed(header, shown, foot, size, ink), gridColumns: 1 };
}

/** How many lines of a page do not fit below the first ones. */
export function scrollable(data: WallData, ui: WallUi, size: Size, ink: Ink): number {
  const page = openPage(ui);
  if (page.kind === 'wall') return 0;
  const rows = size.rows - headerLines(data, titleOf(page, data), size.columns, ink).length - 1;
  return Math.max(0, pageLines(page, data, { columns: size.columns, rows }, ink).length - rows);
}

function pageLines(page: Exclude<Page, { kind: 'wall' }>, data: WallData, size: Size, ink: Ink): Line[] {
  switch (page.kind) {
    case 'cluster': {
      const cluster = data.snapshot.clusters.find(({ id }) => id === page.clusterId);
      if (!cluster) return [lineOf(ink.text(' This cluster was not configured at this time.'))];
      return clusterLines(data, cluster, size.columns, ink);
    }
    case 'events':
      return eventLines(data, page.selected, size, ink);
    case 'failover':
      return failoverLines(data, size, ink);
    case 'help':
      return helpLines(size.columns, ink);
  }
}

function keysOf({ kind }: Page): readonly KeyHint[] {
  return {
    cluster: clusterKeys,
    events: eventKeys,
    failover: failoverKeys,
    help: otherKeys,
    wall: otherKeys,
  }[kind];
}

function titleOf(page: Page, { snapshot }: WallData): string {
  const nameOf = (id: string | null): string | null =>
    snapshot.clusters.find((cluster) => cluster.id === id)?.name ?? null;
  switch (page.kind) {
    case 'cluster':
      return nameOf(page.clusterId) ?? 'Cluster';
    case 'events':
      return page.clusterId === null ? 'Events' : `Events of ${nameOf(page.clusterId) ?? 'a cluster'}`;
    case 'failover':
      return `Failover of ${nameOf(page.clusterId) ?? 'a cluster'}`;
    case 'help':
      return 'Help';
    case 'wall':
      return 'All sites';
  }
}
