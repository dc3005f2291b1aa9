import type { Alert } from '../model/alert';
import type { MaintenanceDraft } from '../model/maintenance';
import type { Matched, MatchableRow } from './match';
import { matchRows } from './match';
import type { Occurrence } from './occurrences';
import { effectiveOccurrences, type PlannedWindow } from './plan';

/** Something to know before planning a window. None of it prevents that. */
export type MaintenanceHint =
  /** Rows are in another window at the same time, and stay in maintenance until the later end. */
  | {
      kind: 'overlap';
      other: PlannedWindow;
      rowNames: string[];
      fromMs: number;
      toMs: number;
      lastEndMs: number;
    }
  /** No cluster of a site stays outside. */
  | { kind: 'whole-site'; site: string }
  /** It begins when it is planned: the time before stays as it was observed. */
  | { kind: 'began-before'; fromMs: number }
  /** Alerts are open now that the window will hold back. */
  | { kind: 'open-alerts'; count: number; names: string[] }
  /** The rule matches nothing now. */
  | { kind: 'matches-nothing' };

type OpenAlert = Pick<Alert, 'rowId' | 'edgeId' | 'name' | 'edgeName' | 'state' | 'held'>;

/** What the hints depend on. `next`: the next occurrences; `others`: the other planned windows. */
export interface HintFacts {
  draft: Pick<MaintenanceDraft, 'matcher'>;
  rows: readonly MatchableRow[];
  next: readonly Occurrence[];
  others: readonly PlannedWindow[];
  /** The listed alerts. */
  alerts: readonly OpenAlert[];
  nowMs: number;
}

/** What to know before planning a window, most important first. */
export function hintsOf(facts: HintFacts): MaintenanceHint[] {
  const { draft, rows, next, nowMs } = facts;
  const matched = matchRows(draft.matcher, rows);
  const [first] = next;
  return [
    ...(matched.length === 0 ? [{ kind: 'matches-nothing' as const }] : []),
    ...openAlerts(facts, matched),
    ...wholeSites(matched, rows),
    ...(first && first.fromMs < nowMs - minuteMs
      ? [{ kind: 'began-before' as const, fromMs: first.fromMs }]
      : []),
    ...overlaps(facts, matched),
  ];
}

const minuteMs = 60_000;

function openAlerts({ alerts }: HintFacts, matched: readonly Matched[]): MaintenanceHint[] {
  const of = new Map(matched.map(({ row, edges }) => [row.id, edges]));
  const open = alerts.filter(({ rowId, edgeId, state, held }) => {
    const edges = rowId === null ? undefined : of.get(rowId);
    if (state !== 'open' || held !== null || edges === undefined) return false;
    return edges === null || edges.some(({ id }) => id === edgeId);
  });
  const names = [...new Set(open.map(({ name, edgeName }) => edgeName ?? name))];
  return open.length === 0 ? [] : [{ kind: 'open-alerts', count: open.length, names }];
}

function wholeSites(matched: readonly Matched[], rows: readonly MatchableRow[]): MaintenanceHint[] {
  const whole = new Set(matched.flatMap(({ row, edges }) => (edges === null ? [row.id] : [])));
  const sites = [...new Set(rows.flatMap(({ site }) => site ?? []))];
  return sites.flatMap((site) => {
    const own = rows.filter((row) => row.site === site);
    return own.length > 1 && own.every(({ id }) => whole.has(id)) ? [{ kind: 'whole-site', site }] : [];
  });
}

/** The first overlap with each other window. */
function overlaps({ rows, next, others }: HintFacts, matched: readonly Matched[]): MaintenanceHint[] {
  const names = new Map(matched.map(({ row }) => [row.id, row.name]));
  return others.flatMap((other): MaintenanceHint[] => {
    const rowNames = matchRows(other.window.matcher, rows).flatMap(({ row }) => names.get(row.id) ?? []);
    if (rowNames.length === 0) return [];
    for (const own of next) {
      const [found] = effectiveOccurrences(other, own);
      if (!found) continue;
      const { fromMs, toMs } = found;
      return [{ kind: 'overlap', other, rowNames, fromMs, toMs, lastEndMs: Math.max(toMs, own.toMs) }];
    }
    return [];
  });
}
