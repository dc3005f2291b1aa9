import type { AlertNotice } from '../../../domain/model/alert';
import { defaultSettings } from '../../../domain/alerts/rules';
import type { HeronEvent } from '../../../domain/model/event';
import type { ClusterView } from '../../../domain/model/snapshot';
import { AlertEngine } from '../../../monitor/alerts/alert-engine';
import { systemClock } from '../../../monitor/base/clock';
import { madeCluster, madeSnapshot } from '../../fixtures/fake-bridge/cluster';

export interface StormResult {
  clusters: number;
  /** Notifications that alert people. */
  notifications: number;
  /** From the change of a row to its alert in the list of a listener, 95th percentile. */
  shownP95Ms: number;
  /** Rows that failed and have no alert. */
  lost: number;
}

/** All clusters lose their last edge within a second, in real time, through the engine as the pipeline drives it. */
export async function runStorm(clusters: number): Promise<StormResult> {
  const startMs = Date.now();
  const views = new Map<string, ClusterView>();
  for (let index = 0; index < clusters; index += 1) {
    const name = `c-${String(index + 1).padStart(4, '0')}`;
    views.set(name, madeCluster(name, 4, startMs, { block: index % 250 }));
  }
  const { monitor } = madeSnapshot([], startMs);
  const events: HeronEvent[] = [];
  const engine = new AlertEngine({
    clock: systemClock,
    earlier: null,
    monitor: {
      views: () => [...views.values()],
      status: () => monitor,
      emit: (event) => events.push(event),
    },
    settingsOf: (rule) => defaultSettings(rule),
    maintenanceAt: () => null,
  });
  const notices: AlertNotice[] = [];
  const changedMs = new Map<string, number>();
  const shownMs: number[] = [];
  engine.onNotice((notice) => notices.push(notice));
  engine.onChange(({ changed }) => {
    const nowMs = performance.now();
    for (const { rowId } of changed) {
      const beganMs = changedMs.get(rowId ?? '');
      if (beganMs === undefined) continue;
      shownMs.push(nowMs - beganMs);
      changedMs.delete(rowId ?? '');
    }
  });
  const names = [...views.keys()];
  const beganMs = performance.now();
  for (const [index, name] of names.entries()) {
    const dueMs = (index * 1_000) / clusters;
    const waitMs = dueMs - (performance.now() - beganMs);
    if (waitMs > 1) await new Promise((resolve) => setTimeout(resolve, waitMs));
    const view = views.get(name);
    if (!view) continue;
    const reasons = [{ code: 'capacity-lost', fact: '4 edges are down.', detail: '' }];
    const down = { ...view, health: 'down' as const, reasons, sinceMs: Date.now() };
    views.set(name, down);
    changedMs.set(name, performance.now());
    engine.rowChanged(down);
  }
  // Longer than a notification waits to be updated.
  await new Promise((resolve) => setTimeout(resolve, 7_000));
  engine.stop();
  const alerted = new Set(engine.list().alerts.map(({ rowId }) => rowId));
  const inOrder = shownMs.toSorted((a, b) => a - b);
  return {
    clusters,
    notifications: notices.filter(({ isLoud }) => isLoud).length,
    shownP95Ms: Math.round((inOrder[Math.ceil(inOrder.length * 0.95) - 1] ?? Infinity) * 10) / 10,
    lost: names.filter((name) => !alerted.has(name)).length,
  };
}
