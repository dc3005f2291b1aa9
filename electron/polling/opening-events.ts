import type { HeronEvent } from '../../domain/event';
import { configurationFindings } from '../../domain/inventory/configuration-findings';
import { allEdges, type Inventory } from '../../domain/inventory/inventory';

/** The start, and what is worth a look in the configuration: known before the first poll. */
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
