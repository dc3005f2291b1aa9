import { blindnessOf } from '../fleet/judge-blindness';
import type { ClusterView, MonitorStatus } from '../model/snapshot';
import type { AlertRule } from '../model/alert-rule';
import type { Condition } from './conditions';

/** What is the case with Heron itself, and the rows that it is blind to. */
export interface OwnTroubles {
  conditions: Condition[];
  /** Rows whose silence is that of Heron; null: of all. */
  blindRowIds: ReadonlySet<string> | null;
}

/** What impairs the monitor: its network, its history, its pace. The views are only built while it is blind. */
export function ownTroubles(
  monitor: MonitorStatus,
  clusters: () => ClusterView[],
  atMs: number,
): OwnTroubles {
  const blindness = isBlind(monitor) ? blindnessOf({ atMs, clusters: clusters(), monitor }) : [];
  const total = blindness.find(({ isTotal }) => isTotal);
  const conditions: Condition[] = [];
  let blindRowIds: ReadonlySet<string> | null = new Set<string>();
  if (monitor.state === 'blind' || total) {
    blindRowIds = null;
    conditions.push(
      own(
        'blind',
        'Nothing is known of any cluster: Heron sees no edge.',
        monitor.words,
        monitor.trouble?.sinceMs,
      ),
    );
  } else if (monitor.state === 'partly-blind') {
    const behind = blindness.flatMap(({ clusterIds }) => clusterIds);
    blindRowIds = new Set(behind);
    const words = `Nothing is known of ${behind.length} clusters: Heron does not see their edges.`;
    conditions.push(own('blind', words, monitor.words, monitor.trouble?.sinceMs));
  }
  return { conditions: [...conditions, ...historyTroubles(monitor), ...paceTroubles(monitor)], blindRowIds };
}

function isBlind({ state }: MonitorStatus): boolean {
  return state === 'blind' || state === 'partly-blind';
}

function historyTroubles({ history }: MonitorStatus): Condition[] {
  if (history.state === 'failing')
    return [own('history', 'What happens now is not recorded.', history.words, history.lastWriteMs)];
  if (history.care?.state === 'damaged')
    return [own('history', 'A part of the history is damaged.', history.care.words, history.care.sinceMs)];
  if (history.proof?.state === 'failing')
    return [own('history', 'The history cannot be proven from now on.', history.proof.words, null)];
  return [];
}

function paceTroubles({ state, words }: MonitorStatus): Condition[] {
  if (state === 'stalled')
    return [
      { ...own('lag', 'What is shown is not known any more.', words, null), severity: 'critical', forMs: 0 },
    ];
  return state === 'behind' ? [own('lag', 'Failovers are detected late.', words, null)] : [];
}

function own(rule: AlertRule, words: string, detail: string, sinceMs: number | null | undefined): Condition {
  const subject = { rowId: null, name: 'Heron', site: null, edgeId: null, edgeName: null };
  return { rule, ...subject, words, detail, facts: [], sinceMs: sinceMs ?? null, faults: [] };
}
