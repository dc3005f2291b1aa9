import type { AlertNotice } from '../../../domain/model/alert';
import { systemClock } from '../../../monitor/base/clock';
import { madeEngine } from '../../fixtures/alerts/made-engine';

export interface StormResult {
  clusters: number;
  /** Notifications that alert people. */
  notifications: number;
  /** From the change of a row to its alert in the list of a listener, 95th percentile. */
  shownP95Ms: number;
  /** Rows that failed and have no alert. */
  lost: number;
}

const namesOf = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `c-${String(index + 1).padStart(4, '0')}`);

/** All clusters lose their last edge within a second, in real time, through the engine as the pipeline drives it. */
export async function runStorm(clusters: number): Promise<StormResult> {
  const names = namesOf(clusters);
  const { engine, loseCluster } = madeEngine(systemClock, names);
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
  const beganMs = performance.now();
  for (const [index, name] of names.entries()) {
    const dueMs = (index * 1_000) / clusters;
    const waitMs = dueMs - (performance.now() - beganMs);
    if (waitMs > 1) await new Promise((resolve) => setTimeout(resolve, waitMs));
    changedMs.set(name, performance.now());
    loseCluster(name);
  }
  // Longer than a notification waits to be updated.
  await new Promise((resolve) => setTimeout(resolve, 7_000));
  engine.stop();
  const alerted = new Set(engine.list().alerts.map(({ rowId }) => rowId));
  return {
    clusters,
    notifications: notices.filter(({ isLoud }) => isLoud).length,
    shownP95Ms: p95(shownMs),
    lost: names.filter((name) => !alerted.has(name)).length,
  };
}

export interface SilencesResult {
  silences: number;
  /** To add one more of them while all clusters alert, CPU time of this process, median and 95th percentile. */
  addSilenceCpuMs: number;
  addSilenceP95Ms: number;
  /** One examination of all clusters once they are in force, CPU time. */
  examineSilencedCpuMs: number;
}

/** Silences made one by one, half of them with wildcards, while every cluster alerts and none of the silences matches. */
export async function runSilences(silences: number, clusters: number): Promise<SilencesResult> {
  const names = namesOf(clusters);
  const { engine, loseCluster } = madeEngine(systemClock, names);
  for (const name of names) loseCluster(name);
  engine.list();
  const addedMs: number[] = [];
  const input = { author: 'noc', reason: 'Works.', endsMs: Date.now() + 3_600_000 };
  for (let index = 0; index < silences; index += 1) {
    const matcher = { cluster: index % 2 === 0 ? `other-${index}` : `*-other-${index}-?` };
    const before = cpuMs();
    engine.addSilence({ matcher, ...input });
    addedMs.push(cpuMs() - before);
  }
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  const before = cpuMs();
  engine.list();
  const examineSilencedCpuMs = rounded(cpuMs() - before);
  engine.stop();
  return {
    silences,
    addSilenceCpuMs: rounded(addedMs.toSorted((a, b) => a - b)[Math.floor(silences / 2)] ?? 0),
    addSilenceP95Ms: p95(addedMs),
    examineSilencedCpuMs,
  };
}

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

function p95(values: readonly number[]): number {
  const inOrder = values.toSorted((a, b) => a - b);
  return rounded(inOrder[Math.ceil(inOrder.length * 0.95) - 1] ?? Infinity);
}

function rounded(ms: number): number {
  return Math.round(ms * 10) / 10;
}
