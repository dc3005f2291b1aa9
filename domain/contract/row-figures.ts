import { z } from 'zod';
import type { ClusterView, EdgeView } from '../snapshot';

/*
 * Most of what changes in a row from second to second is a few numbers: ages, rates, shares. They cross to the page as numbers;
 * a row in which anything else changed crosses whole.
 */

/** The order is part of the format. */
const edgeFigures = [
  'share',
  'proxyInBitsPerSecond',
  'proxyOutBitsPerSecond',
  'lbInBitsPerSecond',
  'sessions',
  'cpuPercent',
  'swapPercent',
  'uptimeMs',
  'latencyMs',
  'lastAnswerMs',
  'lastPollMs',
] as const satisfies readonly (keyof EdgeView)[];
const rowFigures = [
  'bitsPerSecond',
  'evenness',
  'oldestAnswerMs',
] as const satisfies readonly (keyof ClusterView)[];
/** Beside the row's own: its spare's `peakBitsPerSecond`, which rises with every reading of a morning. */
const peakCode = rowFigures.length;
/** A figure's code is its place in its list, plus this for the first edge, twice this for the second. */
const codesAPlace = 16;

type Figure = number | null;
type Fields = Record<string, unknown>;

/**
 * Figures of several rows in one list: for each of `ids` how many of its figures moved, then for each a code and a value. A flat
 * list, because a thousand rows come twice a second.
 */
export const movedFiguresSchema = z
  .object({ ids: z.array(z.string()), figures: z.custom<Figure[]>(areFigures) })
  .refine(({ ids, figures }) => isWellFormed(ids.length, figures), 'is not one list of figures for each id');
export type MovedFigures = z.infer<typeof movedFiguresSchema>;

function areFigures(value: unknown): boolean {
  return Array.isArray(value) && value.every((one) => one === null || Number.isFinite(one));
}

function isWellFormed(rows: number, figures: readonly Figure[]): boolean {
  let at = 0;
  for (let row = 0; row < rows; row += 1) {
    const count = figures[at];
    if (typeof count !== 'number' || !Number.isInteger(count) || count < 0) return false;
    at += 1 + 2 * count;
  }
  return at === figures.length;
}

/** The figures that moved between two states of a row, as codes and values; null: more than figures changed. */
export function figuresBetween(before: ClusterView, after: ClusterView): Figure[] | null {
  const moved: Figure[] = [];
  if (before.edges.length !== after.edges.length) return null;
  if (!compare(before, after, rowFigures, ['edges', 'spare'], 0, moved)) return null;
  if (before.spare !== null && after.spare !== null) {
    if (!compare(before.spare, after.spare, [], ['peakBitsPerSecond'], 0, moved)) return null;
    const peak = after.spare.peakBitsPerSecond;
    if (peak !== before.spare.peakBitsPerSecond) moved.push(peakCode, peak);
  } else if (before.spare !== after.spare) return null;
  for (const [index, edge] of after.edges.entries()) {
    const known = before.edges[index];
    if (!known || !compare(known, edge, edgeFigures, [], (index + 1) * codesAPlace, moved)) return null;
  }
  return moved;
}

/** Notes the figures that differ; false where anything else does, but for what is left out. */
function compare(
  before: object,
  after: object,
  figures: readonly string[],
  leftOut: readonly string[],
  firstCode: number,
  moved: Figure[],
): boolean {
  const [was, is] = [before as Fields, after as Fields];
  for (const field of Object.keys(is)) {
    if (was[field] === is[field] || leftOut.includes(field)) continue;
    const figure = figures.indexOf(field);
    if (figure >= 0) moved.push(firstCode + figure, is[field] as Figure);
    else if (!isSame(was[field], is[field])) return false;
  }
  return true;
}

function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => isSame((a as Fields)[key], (b as Fields)[key]))
  );
}

/** The rows with their figures moved, by id. Rows that `rowOf` does not know are left out. */
export function withFigures(
  { ids, figures }: MovedFigures,
  rowOf: (id: string) => ClusterView | undefined,
): Map<string, ClusterView> {
  const rows = new Map<string, ClusterView>();
  let at = 0;
  for (const id of ids) {
    const count = figures[at] ?? 0;
    const row = rowOf(id);
    if (row) rows.set(id, movedRow(row, figures, at + 1, at + 1 + 2 * count));
    at += 1 + 2 * count;
  }
  return rows;
}

function movedRow(row: ClusterView, figures: readonly Figure[], from: number, to: number): ClusterView {
  const next: ClusterView = { ...row };
  let [place, edge]: [number, EdgeView | null] = [0, null];
  for (let at = from; at < to; at += 2) {
    const code = figures[at] ?? 0;
    const value = figures[at + 1] ?? null;
    const of = Math.floor(code / codesAPlace);
    const name = of === 0 ? rowFigures[code] : edgeFigures[code % codesAPlace];
    if (of === 0) {
      if (name) Object.assign(next, { [name]: value });
      else if (code === peakCode && next.spare) next.spare = { ...next.spare, peakBitsPerSecond: value };
      continue;
    }
    if (of !== place) {
      const known = row.edges[of - 1];
      if (next.edges === row.edges) next.edges = [...row.edges];
      edge = known ? { ...known } : null;
      if (edge) next.edges[of - 1] = edge;
      place = of;
    }
    if (edge && name) (edge as Fields)[name] = value;
  }
  return next;
}
