import { defaultSettings, type RuleSettings } from '../../domain/alerts/rules';
import type { Cluster, Edge, Inventory } from '../../domain/inventory/inventory';
import { alertOverrideOf } from '../../domain/inventory/overrides';
import type { AlertRule } from '../../domain/model/alert-rule';

/** The clusters and edges of an inventory by id, built once for each inventory. */
const indexes = new WeakMap<Inventory, Map<string, { cluster: Cluster | null; edge: Edge | null }>>();

/** The settings of a rule for a row or an edge: those of the inventory, else the defaults. */
export function ruleSettingsOf(
  inventory: Inventory,
  rule: AlertRule,
  rowId: string | null,
  edgeId: string | null,
): RuleSettings {
  const settings = defaultSettings(rule);
  if (rowId === null) return settings;
  const place = indexOf(inventory).get(edgeId ?? rowId);
  if (!place) return settings;
  const given = alertOverrideOf(rule, place.cluster, edgeId === null ? null : place.edge);
  return {
    enabled: given.enabled ?? settings.enabled,
    severity: given.severity ?? settings.severity,
    forMs: given.forMs ?? settings.forMs,
    clearMs: given.clearMs ?? settings.clearMs,
    escalateMs: given.escalateMs ?? settings.escalateMs,
  };
}

function indexOf(inventory: Inventory): Map<string, { cluster: Cluster | null; edge: Edge | null }> {
  const known = indexes.get(inventory);
  if (known) return known;
  const index = new Map<string, { cluster: Cluster | null; edge: Edge | null }>();
  for (const cluster of inventory.clusters) {
    index.set(cluster.id, { cluster, edge: null });
    for (const edge of cluster.edges) index.set(edge.id, { cluster, edge });
  }
  for (const edge of inventory.standaloneEdges) index.set(edge.id, { cluster: null, edge });
  indexes.set(inventory, index);
  return index;
}
