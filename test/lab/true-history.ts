/** The least that is needed of a ground truth: who took which role when (UTC milliseconds), in one cluster. */
export interface RoleChange {
  timeMs: number;
  edge: string;
  role: string;
  /** In FreeBSD's words, where whoever tells the truth knows it. */
  reason?: string;
}

/** The role moved from one LB to another and stayed there. */
export interface TrueFailover {
  from: string;
  to: string;
  /** When `from` was master for the last time. */
  lastMasterMs: number;
  /** When `to` became master. Before `lastMasterMs` where the two overlapped. */
  firstMasterMs: number;
  /** Time between the two in which no LB at all was master. */
  gapMs: number;
}

/** A time with several masters, or with none. `toMs` is null when it lasts. */
export interface TrueSpan {
  edges: string[];
  fromMs: number;
  toMs: number | null;
}

export interface TrueHistory {
  failovers: TrueFailover[];
  /** Two or more masters at once, take-overs of a second or two included: judge by their length. */
  splits: TrueSpan[];
  /** No master, after there has been one. */
  gaps: TrueSpan[];
}

/** A stretch in which the same LBs were master. */
export interface Period {
  masters: string[];
  fromMs: number;
  toMs: number;
}

/**
 * Derives what truly happened from the role changes of one cluster, up to `untilMs`.
 * An LB counts as the new one only when it was the only master for `settleMs`: ucarp's backups may take over together
 * and sort it out among themselves within a second or two.
 */
export function trueHistory(changes: readonly RoleChange[], untilMs: number, settleMs = 1500): TrueHistory {
  const periods = masterPeriods(changes, untilMs);
  const span = ({ masters, fromMs, toMs }: Period): TrueSpan => ({
    edges: masters,
    fromMs,
    toMs: toMs === untilMs ? null : toMs,
  });
  const first = periods.findIndex((period) => period.masters.length > 0);
  return {
    failovers: failovers(periods, settleMs),
    splits: joined(periods, (period) => period.masters.length > 1).map(span),
    gaps: joined(periods.slice(Math.max(first, 0)), (period) => period.masters.length === 0).map(span),
  };
}

/** Periods with one and the same set of masters, without holes. */
export function masterPeriods(changes: readonly RoleChange[], untilMs: number): Period[] {
  const ordered = changes.filter((change) => change.timeMs <= untilMs).sort((a, b) => a.timeMs - b.timeMs);
  const masters = new Set<string>();
  const periods: Period[] = [];
  for (const [i, change] of ordered.entries()) {
    if (change.role === 'master') masters.add(change.edge);
    else masters.delete(change.edge);
    const toMs = ordered[i + 1]?.timeMs ?? untilMs;
    const previous = periods.at(-1);
    if (previous && sameMembers(previous.masters, masters)) previous.toMs = toMs;
    else periods.push({ masters: [...masters], fromMs: change.timeMs, toMs });
  }
  return periods.filter((period) => period.toMs > period.fromMs);
}

function failovers(periods: Period[], settleMs: number): TrueFailover[] {
  const found: TrueFailover[] = [];
  let holder: { edge: string; period: number } | null = null;
  for (const [i, period] of periods.entries()) {
    const [edge] = period.masters;
    if (edge === undefined || period.masters.length > 1 || period.toMs - period.fromMs < settleMs) continue;
    if (holder !== null && holder.edge !== edge) {
      found.push(describe(holder.edge, edge, periods.slice(holder.period, i + 1)));
    }
    holder = { edge, period: i };
  }
  return found;
}

function describe(from: string, to: string, periods: Period[]): TrueFailover {
  const lastMasterMs = periods.findLast((period) => period.masters.includes(from))?.toMs ?? 0;
  const beforeTo = periods.findLastIndex((period) => !period.masters.includes(to));
  const firstMasterMs = periods[beforeTo + 1]?.fromMs ?? 0;
  const without = periods.filter(
    ({ masters, fromMs, toMs }) => masters.length === 0 && fromMs >= lastMasterMs && toMs <= firstMasterMs,
  );
  const gapMs = without.reduce((sum, period) => sum + period.toMs - period.fromMs, 0);
  return { from, to, lastMasterMs, firstMasterMs, gapMs };
}

/** Neighbouring periods that fit, as one: a third master joining does not end a split. */
function joined(periods: Period[], fits: (period: Period) => boolean): Period[] {
  const found: Period[] = [];
  for (const period of periods.filter(fits)) {
    const previous = found.at(-1);
    if (previous && previous.toMs === period.fromMs) {
      previous.toMs = period.toMs;
      previous.masters = [...new Set([...previous.masters, ...period.masters])];
    } else found.push({ ...period });
  }
  return found;
}

function sameMembers(list: readonly string[], set: ReadonlySet<string>): boolean {
  return list.length === set.size && list.every((entry) => set.has(entry));
}
