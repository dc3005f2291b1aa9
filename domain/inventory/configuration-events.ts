import type { HeronEvent } from '../model/event';
import { configurationFindings, type ConfigurationFinding } from './configuration-findings';
import { allEdges, type Inventory } from './inventory';

/** The start event and the findings in the configuration, before the first poll. */
export function openingEvents(inventory: Inventory, version: string, nowMs: number): HeronEvent[] {
  const times = { timeMs: nowMs, recordedAtMs: nowMs };
  const clusters = inventory.clusters.length;
  const edges = allEdges(inventory).length;
  return [
    { type: 'start', ...times, version, clusters, edges },
    ...configurationFindings(inventory).map((finding): HeronEvent => ({
      type: 'finding',
      ...times,
      ...finding,
    })),
  ];
}

/** The findings in a new configuration that `before` did not have. */
export function newFindings(before: Inventory, next: Inventory, nowMs: number): HeronEvent[] {
  const known = new Set(configurationFindings(before).map(identity));
  return configurationFindings(next)
    .filter((finding) => !known.has(identity(finding)))
    .map((finding) => ({ type: 'finding', timeMs: nowMs, recordedAtMs: nowMs, ...finding }));
}

/** Identifies a finding independently of the names of the cluster and the edge. */
function identity({ clusterId, edgeId, reason }: ConfigurationFinding): string {
  return JSON.stringify([clusterId, edgeId, reason.code, clusterId ?? edgeId ?? reason.fact]);
}
