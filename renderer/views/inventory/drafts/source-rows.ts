import { plural } from '../../../../domain/words/amount';
import type { Edge } from '../../../../domain/inventory/inventory';
import type { Inventory } from '../../../../domain/inventory/inventory';
import { sourceOf } from '../../../../domain/inventory/metrics-source';
import type { SourceDraft } from './source-draft';

/** A cluster or a standalone edge that may be read through a source. */
export interface SourceRow {
  list: 'clusterIds' | 'edgeIds';
  id: string;
  name: string;
  isChosen: boolean;
  /** Why it cannot be read through a source; null: it can. */
  why: string | null;
  /** "3 edges, through prometheus-2". */
  aside: string;
  /** Whether it is read through another source now. */
  hasOtherSource: boolean;
  /** Whether Heron polls something of it besides SNMP. */
  hasOwnPolls: boolean;
}

/** What may be read through a source. `before`: its current name; null: it is new. */
export function sourceRows(draft: SourceDraft, inventory: Inventory, before: string | null): SourceRow[] {
  const { sources } = inventory;
  const chosen = { clusterIds: new Set(draft.clusterIds), edgeIds: new Set(draft.edgeIds) };
  const rowOf = (
    list: SourceRow['list'],
    row: { id: string; name: string; source?: string | undefined },
    edges: readonly Edge[],
  ): SourceRow => {
    const other = sourceOf(row, sources);
    const through = other && other.name !== before ? other.name : null;
    const without = edges.filter(({ snmp }) => snmp === undefined);
    const [first] = without;
    return {
      ...{ list, id: row.id, name: row.name, isChosen: chosen[list].has(row.id) },
      why:
        first === undefined
          ? null
          : without.length === 1 && list === 'clusterIds'
            ? `${first.name} has no SNMP agent`
            : list === 'edgeIds'
              ? 'no SNMP agent'
              : `${without.length} edges have no SNMP agent`,
      aside: `${list === 'clusterIds' ? plural(edges.length, 'edge') : 'standalone'}${through === null ? '' : `, through ${through}`}`,
      hasOtherSource: through !== null,
      hasOwnPolls: edges.some(hasOwnPolls),
    };
  };
  return [
    ...inventory.clusters.map((cluster) => rowOf('clusterIds', cluster, cluster.edges)),
    ...inventory.standaloneEdges.map((edge) => rowOf('edgeIds', edge, [edge])),
  ];
}

function hasOwnPolls({ http, tcp, overrides }: Edge): boolean {
  return (
    http !== undefined ||
    tcp !== undefined ||
    overrides?.healthIntervalMs !== undefined ||
    overrides?.roleIntervalMs !== undefined
  );
}
