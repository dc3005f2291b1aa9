import type { ClusterView } from '../../../../domain/model/snapshot';
import { isProblem, type Health } from '../../../../domain/model/health';
import { madeCluster, madeSnapshot } from '../../../fixtures/fake-bridge/cluster';
import type { WallData } from '../../../../cli/wall/wall-state';
import type { Line } from '../../../../cli/wall/line';

export const atMs = Date.parse('2026-11-29T21:31:07Z');

/** A cluster in a state, with a reason where it has a problem. */
export function clusterIn(health: Health, name: string, change: Partial<ClusterView> = {}): ClusterView {
  const reasons = isProblem(health)
    ? [{ code: health, fact: `${name} is in trouble.`, detail: 'Why it is.' }]
    : [];
  return { ...madeCluster(name, 4, atMs), health, sinceMs: atMs - 125_000, reasons, ...change };
}

export function dataOf(clusters: ClusterView[], change: Partial<WallData> = {}): WallData {
  return {
    snapshot: madeSnapshot(clusters, atMs),
    nowMs: atMs,
    time: 'live',
    source: 'Demo fleet',
    zone: 'utc',
    isStalled: false,
    isReadOnly: false,
    events: null,
    failover: null,
    ...change,
  };
}

/** The screen as a reader sees it. */
export function textOf(lines: readonly Line[]): string[] {
  return lines.map(({ spans }) =>
    spans
      .map(({ text }) => text)
      .join('')
      .trimEnd(),
  );
}
