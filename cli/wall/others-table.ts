import type { ClusterView } from '../../domain/model/snapshot';
import { shortMoment } from '../../domain/words/clock';
import { coarseDuration, durationRange } from '../../domain/words/duration';
import { edgeLabel } from '../../domain/words/edge-label';
import type { Item } from './items';
import { lineOf, type Ink, type Line } from './line';
import { glyphOf, toneOf, wordOf } from './marks';
import { edgesWords } from './problem-rows';
import { barCells, shareBar } from './share-bar';
import type { WallData } from './wall-state';

const widestSite = 20;

/** The others, a line each: the active LB and since when, edges, shares, the last failover with its bracket. For few clusters. */
export function othersTable(
  data: WallData,
  others: readonly Item[],
  columns: number,
  selected: string | null,
  ink: Ink,
): Line[] {
  const clusters = others.map(({ cluster }) => cluster);
  const widest = (texts: string[], most: number): number =>
    Math.min(most, Math.max(0, ...texts.map((text) => ink.width(text))));
  const widths = {
    word: widest(
      clusters.map(({ health }) => wordOf(health)),
      14,
    ),
    name: widest(
      clusters.map(({ name }) => name),
      Math.floor(columns / 3),
    ),
    site:
      columns < 96
        ? 0
        : widest(
            clusters.map(({ site }) => site ?? ''),
            widestSite,
          ),
    active: widest(
      clusters.map((cluster) => activeWords(cluster, data.nowMs)),
      24,
    ),
    bar: ink.ascii || columns < 90 ? 0 : barCells,
  };
  return others.map((item) => tableLine(data, item, item.key === selected, widths, columns, ink));
}

function tableLine(
  data: WallData,
  { cluster }: Item,
  isSelected: boolean,
  widths: { word: number; name: number; site: number; active: number; bar: number },
  columns: number,
  ink: Ink,
): Line {
  const { health, name, site } = cluster;
  const tone = toneOf(health);
  const gap = ink.text(' ');
  const spans = [
    ink.text(`${isSelected ? '>' : ' '}${glyphOf(health, ink.ascii)} `, tone, { bold: isSelected }),
    ink.cell(wordOf(health), widths.word, tone),
    gap,
    ink.cell(name, widths.name, health === 'disabled' ? 'quiet' : 'strong', { underlined: isSelected }),
    gap,
    ...(widths.site === 0 ? [] : [ink.cell(site ?? '', widths.site), gap]),
    ink.cell(edgesWords(cluster), 6),
    ...(widths.bar === 0 ? [] : [ink.cell(shareBar(cluster), widths.bar, 'quiet'), gap]),
    ink.cell(activeWords(cluster, data.nowMs), widths.active),
    gap,
  ];
  const used = spans.reduce((sum, { text }) => sum + ink.width(text), 0);
  const room = Math.max(0, columns - used);
  // A bound that is cut off would be read as another one.
  const words = failoverWords(cluster, data).find((text) => ink.width(text) <= room) ?? '';
  return lineOf(...spans, ink.cell(words, room, 'quiet'));
}

/** "LB -03 for 12 d"; empty where there is none. */
function activeWords({ activeLb, name }: ClusterView, atMs: number): string {
  if (activeLb.kind !== 'one') return '';
  const since = activeLb.sinceMs === null ? '' : ` for ${coarseDuration(atMs - activeLb.sinceMs)}`;
  return `LB ${edgeLabel(name, activeLb.edgeName)}${since}`;
}

/**
 * "[ ] 21:29:07 -03 to -05, 1.8 to 4 s": when the new LB was first seen, and the time without one. The same with less of it
 * follows, for where there is no room.
 */
function failoverWords({ lastFailover, name }: ClusterView, { nowMs, zone }: WallData): string[] {
  if (lastFailover === null) return [];
  const { fromEdgeName, toEdgeName, bracket, gapMs } = lastFailover;
  const gap = durationRange(gapMs.atLeast, gapMs.atMost);
  const when = `[ ] ${shortMoment(bracket.firstNewMs, nowMs, zone)}`;
  const move = `${when} ${edgeLabel(name, fromEdgeName)} to ${edgeLabel(name, toEdgeName)}`;
  return [`${move}, ${gap}`, move, when];
}
