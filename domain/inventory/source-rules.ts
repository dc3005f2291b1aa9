import type { InventoryFile } from './inventory-file';
import type { InventoryFault } from './inventory-problem';
import { directSource, sourceOf, type MetricsSource } from './metrics-source';
import { nearestName } from './nearest-name';

type FileCluster = InventoryFile['clusters'][number];
type FileEdge = FileCluster['edges'][number];

/** Rules about the sources of an inventory, and what is read through them. */
export function sourceFaults(file: InventoryFile): InventoryFault[] {
  const sources = file.sources ?? [];
  const rows = [
    ...file.clusters.map((cluster, index) => ({
      row: cluster,
      path: ['clusters', index] as PropertyKey[],
      edges: cluster.edges.map((edge, at) => ({
        edge,
        path: ['clusters', index, 'edges', at] as PropertyKey[],
      })),
    })),
    ...file.standaloneEdges.map((edge, index) => {
      const path = ['standaloneEdges', index] as PropertyKey[];
      return { row: edge, path, edges: [{ edge, path }] };
    }),
  ];
  return [
    ...defaultFaults(sources),
    ...rows.flatMap(({ row, path }) => unknownSource(row.source, sources, path)),
    ...rows.flatMap(({ row, edges }) => {
      const source = sourceOf(row, sources);
      return source ? edges.flatMap(({ edge, path }) => readFaults(edge, source, path)) : [];
    }),
  ];
}

function defaultFaults(sources: readonly MetricsSource[]): InventoryFault[] {
  const [, ...more] = sources.flatMap(({ isDefault }, index) => (isDefault ? [index] : []));
  return more.map((index) => ({
    path: ['sources', index, 'isDefault'],
    reason: 'A second default source.',
    todo: 'Leave isDefault at one of them, and name the other one in the clusters that are read through it.',
  }));
}

function unknownSource(
  name: string | undefined,
  sources: readonly MetricsSource[],
  path: readonly PropertyKey[],
): InventoryFault[] {
  const known = [...sources.map((source) => source.name), directSource];
  if (name === undefined || known.includes(name)) return [];
  const near = nearestName(name, known);
  return [
    {
      path: [...path, 'source'],
      reason: `The source "${name}" does not exist.`,
      todo: near === null ? 'Add it to the sources, or name another one.' : `Did you mean "${near}"?`,
    },
  ];
}

/** An edge has one source: what would poll it besides is refused. */
function readFaults(edge: FileEdge, source: MetricsSource, path: readonly PropertyKey[]): InventoryFault[] {
  const through = `which is read through the source "${source.name}"`;
  const second = (['http', 'tcp'] as const).flatMap((key): InventoryFault[] =>
    edge[key] === undefined
      ? []
      : [
          {
            path: [...path, key],
            reason: `A second source of an edge ${through}.`,
            todo: `Take "${key}" out, or write "source": "${directSource}" so that Heron polls it itself.`,
          },
        ],
  );
  const own = (['healthIntervalMs', 'roleIntervalMs'] as const).flatMap((key): InventoryFault[] =>
    edge.overrides?.[key] === undefined
      ? []
      : [
          {
            path: [...path, 'overrides', key],
            reason: `An interval of its own for an edge ${through}.`,
            todo: 'Take it out: the scrape interval of the source applies.',
          },
        ],
  );
  if (edge.snmp) return [...second, ...own];
  const missing = {
    path: [...path, 'snmp'],
    reason: `No SNMP agent for an edge ${through}.`,
    todo: 'Add "snmp": the scrape configuration is made from it (heron inventory prometheus).',
  };
  return [...second, ...own, missing];
}
