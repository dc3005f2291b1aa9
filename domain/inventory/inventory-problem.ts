import { lineAndColumn, pathKey, scanJson } from './json-positions';

/** An error in an inventory file, as shown: where, what, and what to do. Never contains a secret. */
export interface InventoryProblem {
  /** Such as `clusters[0] "Frankfurt".edges[1] "fra-edge-2".lbIp`, or `line 3, column 5` where the JSON itself is broken. */
  place: string;
  /** The line in the file, from 1; null when the file cannot be read. */
  line: number | null;
  reason: string;
  todo: string;
}

/** The rule that was broken, so that a form can show it next to the field and suggest a fix. */
export type FaultRule =
  | { code: 'outside-subnet'; subnet: string; first: string; last: string }
  | { code: 'network-address' | 'broadcast-address'; subnet: string }
  | { code: 'address-taken' | 'agent-taken'; address: string; by: string }
  | { code: 'name-taken' }
  | { code: 'too-few-edges'; missing: number }
  | { code: 'cannot-join'; why: string };

/** An error with the path of its value, before that is turned into a place in the file. */
export interface InventoryFault {
  path: PropertyKey[];
  reason: string;
  todo: string;
  rule?: FaultRule;
}

/** Whether an entry is being edited: a conflict with another entry is reported for it. */
export type IsLatest = (path: readonly PropertyKey[]) => boolean;

/** The entries in order, those being edited at the end. */
export function latestLast<T extends { path: readonly PropertyKey[] }>(
  entries: readonly T[],
  isLatest: IsLatest,
): T[] {
  return [...entries.filter(({ path }) => !isLatest(path)), ...entries.filter(({ path }) => isLatest(path))];
}

/** Adds to each error its place in words and its line, from the text and the value of the file. */
export function placeFaults(
  text: string,
  value: unknown,
  faults: readonly InventoryFault[],
): InventoryProblem[] {
  const { offsets } = scanJson(text, new Set(faults.flatMap(({ path }) => pathAndParents(path))));
  return faults.map(({ path, reason, todo }) => {
    // A missing key has no line: that of the nearest enclosing value is used.
    const offset = pathAndParents(path)
      .map((key) => offsets.get(key))
      .find((each) => each !== undefined);
    return {
      place: placeInWords(value, path),
      line: offset === undefined ? null : lineAndColumn(text, offset).line,
      reason,
      todo,
    };
  });
}

/** A path for people: array entries are shown with their name. */
export function placeInWords(value: unknown, path: readonly PropertyKey[]): string {
  let words = '';
  let here = value;
  for (const step of path) {
    here = property(here, step);
    if (typeof step === 'number') words += `[${step}]${nameOf(here)}`;
    else words += `${words === '' ? '' : '.'}${printable(String(step), 64)}`;
  }
  return words === '' ? 'the whole file' : words;
}

/** The value at a path, or undefined. */
export function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(property, value);
}

/** A text on one line: control characters and separators of lines become `?`, a long text is cut. */
export function printable(text: string, maxLength: number): string {
  const line = text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '?');
  return line.length > maxLength ? `${line.slice(0, maxLength - 1)}…` : line;
}

function property(value: unknown, step: PropertyKey): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
  return (value as Record<PropertyKey, unknown>)[step];
}

function nameOf(value: unknown): string {
  const name = property(value, 'name');
  return typeof name === 'string' && name.trim() !== '' ? ` "${printable(name.trim(), 64)}"` : '';
}

function pathAndParents(path: readonly PropertyKey[]): string[] {
  return path.map((_, index) => pathKey(path.slice(0, path.length - index))).concat(pathKey([]));
}

/** A problem as one line below the file's name: `Line 62: clusters[0] "Frankfurt".edges[1]…: reason What to do.` */
export function faultLine({ place, line, reason, todo }: InventoryProblem): string {
  const where =
    line === null ? `${place.charAt(0).toUpperCase()}${place.slice(1)}` : `Line ${line}: ${place}`;
  return `${where}: ${reason} ${todo}`;
}

/** A problem as one line for a terminal or a log: `inventory.json:62: clusters[0] "Frankfurt".edges[1]…: reason What to do.` */
export function problemInWords(file: string, { place, line, reason, todo }: InventoryProblem): string {
  return `${file}${line === null ? '' : `:${line}`}: ${place}: ${reason} ${todo}`;
}
