import { z } from 'zod';
import type { RoleWitness } from '../model/role';
import type { ClusterView, EdgeView } from '../model/snapshot';

/*
 * Most of what changes in a row from second to second is a few numbers: ages, rates, shares, and what the traffic
 * says of a role. They cross to the page as numbers; a row in which anything else changed crosses whole.
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
/** What moves in a witness's word: the traffic's is another with every reading. After the edge's own, three codes for each witness. */
const witnessFigures = ['said', 'confidence', 'maxAgeMs'] as const satisfies readonly (keyof RoleWitness)[];
/** A figure's code is its place in its list, plus this for the first edge, twice this for the second. */
const codesAPlace = 32;
const mostWitnesses = Math.floor((codesAPlace - edgeFigures.length) / witnessFigures.length);

type Figure = number | null;
type Fields = Record<string, unknown>;

/**
 * Figures of several rows in one list: for each of `ids` how many of its figures moved, then for each a code and a value. A flat
 * list, because a thousand rows come twice a second. The value of what is words is their place in `words`.
 */
export const movedFiguresSchema = z
  .object({
    ids: z.custom<string[]>(areTexts),
    figures: z.custom<Figure[]>(areFigures),
    words: z.custom<string[]>(areTexts),
  })
  .refine(isWellFormed, 'is not one list of figures for each id');
export type MovedFigures = z.infer<typeof movedFiguresSchema>;

function areTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}

function areFigures(value: unknown): boolean {
  return Array.isArray(value) && value.every((one) => one === null || Number.isFinite(one));
}

/** Each id has its figures, and each figure a code and a value that can be one of it. */
function isWellFormed({
  ids,
  figures,
  words,
}: {
  ids: string[];
  figures: Figure[];
  words: string[];
}): boolean {
  let at = 0;
  for (let row = 0; row < ids.length; row += 1) {
    const count = figures[at];
    if (!isPlace(count)) return false;
    const end = at + 1 + 2 * count;
    if (end > figures.length) return false;
    for (at += 1; at < end; at += 2) {
      const code = figures[at];
      const value = figures[at + 1] ?? null;
      if (!isPlace(code)) return false;
      const field = witnessFieldOf(code);
      if (field === 'said' ? !isPlace(value) || value >= words.length : field && value === null) return false;
    }
  }
  return at === figures.length;
}

function isPlace(value: Figure | undefined): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}

/** Which of a witness's fields a code stands for; null: it stands for another figure. */
function witnessFieldOf(code: number): (typeof witnessFigures)[number] | null {
  const place = (code % codesAPlace) - edgeFigures.length;
  if (code < codesAPlace || place < 0) return null;
  return witnessFigures[place % witnessFigures.length] ?? null;
}

/**
 * Adds what moved between two states of a row, if anything did. False, and nothing is added, where more than figures changed: then
 * the row has to be told whole.
 */
export function addFigures(to: MovedFigures, before: ClusterView, after: ClusterView): boolean {
  const words: string[] = [];
  const figures = figuresBetween(before, after, (said) => to.words.length + words.push(said) - 1);
  if (figures === null) return false;
  if (figures.length === 0) return true;
  to.ids.push(after.id);
  to.figures.push(figures.length / 2, ...figures);
  to.words.push(...words);
  return true;
}

type PlaceOfWords = (said: string) => number;

function figuresBetween(before: ClusterView, after: ClusterView, placeOf: PlaceOfWords): Figure[] | null {
  const moved: Figure[] = [];
  if (before.edges.length !== after.edges.length) return null;
  if (!compare(before, after, rowFigures, ['edges', 'spare'], 0, moved)) return null;
  if (before.spare !== null && after.spare !== null) {
    if (!compare(before.spare, after.spare, [], ['peakBitsPerSecond'], 0, moved)) return null;
    const peak = after.spare.peakBitsPerSecond;
    if (peak !== before.spare.peakBitsPerSecond) moved.push(peakCode, peak);
  } else if (before.spare !== after.spare) return null;
  for (const [index, edge] of after.edges.entries()) {
    const [known, code] = [before.edges[index], (index + 1) * codesAPlace];
    if (!known || !compare(known, edge, edgeFigures, ['witnesses'], code, moved)) return null;
    if (!compareWitnesses(known, edge, code + edgeFigures.length, moved, placeOf)) return null;
  }
  return moved;
}

function compareWitnesses(
  before: EdgeView,
  after: EdgeView,
  firstCode: number,
  moved: Figure[],
  placeOf: PlaceOfWords,
): boolean {
  if (before.witnesses.length !== after.witnesses.length) return false;
  return after.witnesses.every((witness, index) => {
    const known = before.witnesses[index];
    const code = firstCode + witnessFigures.length * index;
    if (!known || index >= mostWitnesses) return false;
    if (known.said !== witness.said) moved.push(code, placeOf(witness.said));
    return compare(known, witness, witnessFigures, ['said'], code, moved);
  });
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
  { ids, figures, words }: MovedFigures,
  rowOf: (id: string) => ClusterView | undefined,
): Map<string, ClusterView> {
  const rows = new Map<string, ClusterView>();
  let at = 0;
  for (const id of ids) {
    const end = at + 1 + 2 * (figures[at] ?? 0);
    const row = rowOf(id);
    if (row) rows.set(id, movedRow(row, figures, at + 1, end, words));
    at = end;
  }
  return rows;
}

function movedRow(
  row: ClusterView,
  figures: readonly Figure[],
  from: number,
  to: number,
  words: readonly string[],
): ClusterView {
  const next: ClusterView = { ...row };
  let [place, edge]: [number, EdgeView | null] = [0, null];
  for (let at = from; at < to; at += 2) {
    const code = figures[at] ?? 0;
    const value = figures[at + 1] ?? null;
    const of = Math.floor(code / codesAPlace);
    if (of === 0) {
      const name = rowFigures[code];
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
    if (edge) moveEdge(edge, code % codesAPlace, value, words);
  }
  return next;
}

function moveEdge(edge: EdgeView, code: number, value: Figure, words: readonly string[]): void {
  const name = edgeFigures[code];
  if (name) {
    (edge as Fields)[name] = value;
    return;
  }
  const index = Math.floor((code - edgeFigures.length) / witnessFigures.length);
  const field = witnessFigures[(code - edgeFigures.length) % witnessFigures.length] ?? 'said';
  const moved = field === 'said' ? (words[value ?? -1] ?? '') : value;
  edge.witnesses = edge.witnesses.map((one, at) => (at === index ? { ...one, [field]: moved } : one));
}
