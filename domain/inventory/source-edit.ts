import type { Edge, Inventory } from './inventory';
import { directSource, sourceOf, type MetricsSource } from './metrics-source';

/** A source as a form puts it into an inventory, and what is read through it. */
export interface SourceEdit {
  /** Its current name; null: a new source. */
  name: string | null;
  source: MetricsSource;
  clusterIds: readonly string[];
  edgeIds: readonly string[];
  dropsOwnPolls: boolean;
}

/** Adds or replaces a source. Rows name it only where the default source would not be it. Does not validate it. */
export function putSource(inventory: Inventory, edit: SourceEdit): Inventory {
  const { name, source } = edit;
  const known = inventory.sources ?? [];
  const sources = known.some((one) => one.name === name)
    ? known.map((one) => (one.name === name ? source : one))
    : [...known, source];
  const chosen = { clusters: new Set(edit.clusterIds), edges: new Set(edit.edgeIds) };
  const asChosen = (edge: Edge): Edge => (edit.dropsOwnPolls ? withoutOwnPolls(edge) : edge);
  const moved = <T extends { source?: string | undefined }>(row: T, isChosen: boolean): T => {
    const { source: named, ...rest } = row;
    const renamed = (named !== undefined && named === name ? { ...row, source: source.name } : row) as T;
    if ((sourceOf(renamed, sources) === source) === isChosen) return renamed;
    if (isChosen) return (source.isDefault ? rest : { ...rest, source: source.name }) as T;
    return (source.isDefault ? { ...rest, source: directSource } : rest) as T;
  };
  return {
    ...inventory,
    sources,
    clusters: inventory.clusters.map((cluster) => {
      const isChosen = chosen.clusters.has(cluster.id);
      const row = moved(cluster, isChosen);
      return isChosen ? { ...row, edges: row.edges.map(asChosen) } : row;
    }),
    standaloneEdges: inventory.standaloneEdges.map((edge) => {
      const isChosen = chosen.edges.has(edge.id);
      const row = moved(edge, isChosen);
      return isChosen ? asChosen(row) : row;
    }),
  };
}

/** Removes a source: what named it is read through the default source, or polled by Heron. */
export function removeSource(inventory: Inventory, name: string): Inventory {
  const { sources = [], ...rest } = inventory;
  const left = sources.filter((one) => one.name !== name);
  const freed = <T extends { source?: string | undefined }>(row: T): T => {
    const { source, ...more } = row;
    // "direct" means nothing where no source is left.
    return (source === name || (left.length === 0 && source === directSource) ? more : row) as T;
  };
  return {
    ...rest,
    ...(left.length > 0 ? { sources: left } : {}),
    clusters: inventory.clusters.map(freed),
    standaloneEdges: inventory.standaloneEdges.map(freed),
  };
}

/** The edge without what source-rules.ts refuses beside a source. */
function withoutOwnPolls({ http: _http, tcp: _tcp, overrides, ...edge }: Edge): Edge {
  const { healthIntervalMs: _health, roleIntervalMs: _role, ...others } = overrides ?? {};
  return Object.keys(others).length > 0 ? { ...edge, overrides: others } : edge;
}
