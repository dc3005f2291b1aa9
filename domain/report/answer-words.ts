import { roundedPercent } from '../words/amount';
import { durationRange, preciseDuration, type Rounding } from '../words/duration';
import type { Cell } from './table-text';

/*
 * Answers have columns named for programs, such as `error_budget_left_at_least_ms`: the unit is in the name. These are the same columns
 * for people.
 */

const titles: Readonly<Record<string, string>> = {
  availability_worst_percent: 'Worst',
  availability_best_percent: 'Best',
  monitored_availability_worst_percent: 'Worst while monitored',
  monitored_availability_best_percent: 'Best while monitored',
  monitored_ms: 'Monitored',
  unavailable_ms: 'Not available',
  available_ms: 'Available',
  unmonitored_ms: 'Not monitored',
  not_counted_ms: 'Disabled',
  target_met: 'Target met',
  error_budget_ms: 'Error budget',
  error_budget_used_at_least_ms: 'Used, at least',
  error_budget_used_at_most_ms: 'Used, at most',
  error_budget_left_at_least_ms: 'Left, at least',
  error_budget_left_at_most_ms: 'Left, at most',
  without_active_lb_at_least_ms: 'Without active LB, at least',
  without_active_lb_at_most_ms: 'Without active LB, at most',
  longest_without_active_lb_at_least_ms: 'Longest without active LB, at least',
  longest_without_active_lb_at_most_ms: 'Longest without active LB, at most',
  last_reading_of_old_role_utc: 'Last reading of the old role (UTC)',
  first_reading_of_new_role_utc: 'First reading of the new role (UTC)',
  last_reading_of_old_role_local: 'Last reading of the old role',
  first_reading_of_new_role_local: 'First reading of the new role',
  last_reading_of_old_state_utc: 'Last reading of the old state (UTC)',
  first_reading_of_new_state_utc: 'First reading of the new state (UTC)',
  last_reading_of_old_state_local: 'Last reading of the old state',
  first_reading_of_new_state_local: 'First reading of the new state',
  words: 'Why',
  length_ms: 'How long',
  active_lb: 'Active LB',
  known: 'Active LBs',
  detection_at_least_ms: 'Detected within, at least',
  detection_at_most_ms: 'Detected within, at most',
  held: 'Held back',
  matches: 'Matches',
};

/** "From (UTC)", "Error budget", "Worst": the heading of a column. Percentages and lengths name their unit in each cell. */
export function columnTitle(name: string): string {
  const known = titles[name];
  if (known !== undefined) return known;
  const words = name.replace(/_(utc|local|ms|percent)$/, '').replaceAll('_', ' ');
  const title = words.charAt(0).toUpperCase() + words.slice(1);
  return name.endsWith('_utc') ? `${title} (UTC)` : title;
}

/** A column of a table for people. */
export interface PeopleColumn {
  name: string;
  title: string;
  /** It has numbers. */
  right: boolean;
  words(cells: readonly Cell[]): string;
}

/** These columns of an answer for people: two bounds of one length are one column. */
export function peopleColumns(columns: readonly string[], shown: readonly string[]): PeopleColumn[] {
  return shown.flatMap((name): PeopleColumn[] => {
    const at = columns.indexOf(name);
    const upper = name.replace(/_at_least_ms$/, '_at_most_ms');
    const lower = name.replace(/_at_most_ms$/, '_at_least_ms');
    if (lower !== name && shown.includes(lower)) return [];
    const words = (cells: readonly Cell[]): string => cellWords(name, cells[at] ?? null);
    const column = { name, title: columnTitle(name), right: isNumberColumn(name), words };
    if (upper === name || !shown.includes(upper)) return [column];
    const most = columns.indexOf(upper);
    const range = (cells: readonly Cell[]): string => {
      const bounds = [cells[at], cells[most]];
      if (isOutage(name) && typeof bounds[0] === 'number' && typeof bounds[1] === 'number')
        return bounds[1] > 0 ? durationRange(bounds[0], bounds[1]) : '0';
      const [least, atMost] = [words(cells), cellWords(upper, cells[most] ?? null)];
      // One figure that is exact needs no bounds: what is left is rounded down, what was used up.
      if (cells[at] === cells[most]) return name.includes('left') ? least : atMost;
      return `${least} to ${atMost}`;
    };
    return [{ ...column, title: column.title.replace(/,? at least/, ''), words: range }];
  });
}

/** Whether a column has the length of an outage: its bounds read as on every screen and in every report. */
function isOutage(name: string): boolean {
  return /^(longest_)?without_active_lb_|^users_not_served_/.test(name);
}

/** Whether a column has numbers. */
export function isNumberColumn(name: string): boolean {
  return /_(ms|percent|per_second)$|^(failovers|failbacks|event|sessions|suppressed|held)$/.test(name);
}

/** A cell in words: bounds are rounded outwards, times are to the second, or to the tenth where it matters. Nothing known is "–". */
export function cellWords(name: string, cell: Cell): string {
  if (cell === null || cell === '') return '–';
  if (typeof cell === 'number') return numberWords(name, cell);
  if (typeof cell === 'boolean') return cell ? 'yes' : 'no';
  return /_(utc|local)$/.test(name) ? timeWords(name, cell) : cell;
}

function numberWords(name: string, value: number): string {
  if (name.endsWith('_percent')) {
    if (name === 'target_percent') return `${value} %`;
    return `${roundedPercent(value / 100, roundingOf(name), 3).toFixed(3)} %`;
  }
  if (!name.endsWith('_ms')) return String(value);
  // The length of what is below nothing is rounded the other way.
  if (value < 0) return `−${preciseDuration(-value, roundingOf(name) === 'down' ? 'up' : 'down')}`;
  return value === 0 ? '0' : preciseDuration(value, roundingOf(name));
}

/** An upper bound is rounded up, and what is certain down: `unavailable_ms` is the least time that users were not served. */
function roundingOf(name: string): Rounding {
  const up = /at_most|_best_|^(unknown|unmonitored|not_)|^length|^outside/.test(name);
  return up ? 'up' : 'down';
}

/** "2026-11-22 14:02:13.4", a local time with its offset. The last moment of something is rounded up. */
function timeWords(name: string, iso: string): string {
  const [, moment = iso, offset = ''] = /^(.*?)(Z|[+-]\d{2}:\d{2}(?::\d{2})?)$/.exec(iso) ?? [];
  const ms = Date.parse(`${moment}Z`);
  if (!Number.isFinite(ms)) return iso;
  const up = /^(to|first_reading|ended)/.test(name);
  const tenths = up ? Math.ceil(ms / 100) : Math.floor(ms / 100);
  const text = new Date(tenths * 100).toISOString().slice(0, 21).replace('T', ' ').replace(/\.0$/, '');
  return name.endsWith('_utc') ? text : `${text} ${offset}`;
}
