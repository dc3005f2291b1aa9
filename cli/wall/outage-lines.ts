import type { Outage } from '../../domain/model/outage';
import { clockMinutes, dayBefore } from '../../domain/words/clock';
import { outagePredicate } from '../../domain/words/outages';
import type { Item } from './items';
import { emptyLine, lineOf, ruled, type Ink, type Line } from './line';
import type { WallData } from './wall-state';

/** What cut users off and is over, in at most `room` lines around the selected one, with a title where there is room for it. */
export function outageLines(
  data: WallData,
  outages: readonly Item[],
  room: number,
  columns: number,
  selected: string | null,
  ink: Ink,
): Line[] {
  if (room <= 0 || outages.length === 0) return [];
  const title = room === 1 ? [] : [ruled('Over, unacknowledged', columns, ink)];
  const left = room - title.length;
  const isCut = outages.length > left;
  const fits = isCut ? left - 1 : left;
  const at = outages.findIndex(({ key }) => key === selected);
  const first = Math.max(0, Math.min(outages.length - fits, at - fits + 1));
  const lines = outages
    .slice(first, first + fits)
    .map((item) => outageLine(data, item, item.key === selected, ink));
  const more = outages.length - lines.length;
  const moreWords = ` and ${more} more that cut users off, over, unacknowledged`;
  return [...title, ...lines, ...(isCut ? [lineOf(ink.text(moreWords, 'strong'))] : [])];
}

function outageLine(
  { nowMs, zone }: WallData,
  { cluster, outage }: Item,
  isSelected: boolean,
  ink: Ink,
): Line {
  if (outage === null) return emptyLine;
  return lineOf(
    ink.text(`${isSelected ? '>' : ' '}[ ] `, 'down', { bold: true }),
    ink.text(cluster.name, 'strong', { bold: true, underlined: isSelected }),
    ink.text(` ${outagePredicate(outage)}, ${outageTime(outage, nowMs, zone)}`),
  );
}

/** "21:29", with its day where it was not today. */
export function outageTime({ fromMs }: Outage, nowMs: number, zone: WallData['zone']): string {
  return `${dayBefore(fromMs, nowMs, zone)}${clockMinutes(fromMs, zone)}`;
}
