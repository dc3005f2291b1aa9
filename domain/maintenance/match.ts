import { standaloneRowId, type Cluster, type Edge, type Inventory } from '../inventory/inventory';
import type { Matcher, MatchTerm } from '../model/maintenance';

/** A row as a matcher sees it. */
export interface MatchableRow {
  /** A cluster's id, or of a standalone edge its row's. */
  id: string;
  name: string;
  site: string | null;
  edges: readonly { id: string; name: string }[];
}

/** What of a row a matcher names. */
export interface Matched<R extends MatchableRow = MatchableRow> {
  row: R;
  /** Null: all of it. */
  edges: R['edges'] | null;
}

/** The rows of an inventory, in its order. */
export function rowsOf(inventory: Pick<Inventory, 'clusters' | 'standaloneEdges'>): MatchableRow[] {
  const cluster = ({ id, name, site, edges }: Cluster): MatchableRow => ({
    id,
    name,
    site: site ?? null,
    edges,
  });
  const standalone = (edge: Edge): MatchableRow => ({
    id: standaloneRowId(edge),
    name: edge.name,
    site: null,
    edges: [edge],
  });
  return [...inventory.clusters.map(cluster), ...inventory.standaloneEdges.map(standalone)];
}

/** What a matcher names of these rows, in their order. */
export function matchRows<R extends MatchableRow>(matcher: Matcher, rows: readonly R[]): Matched<R>[] {
  if (matcher.kind === 'rule') return rows.flatMap((row) => matchByRule(matcher.terms, row) ?? []);
  const listed = new Map(matcher.rows.map(({ rowId, edgeIds }) => [rowId, edgeIds]));
  return rows.flatMap((row) => {
    const edgeIds = listed.get(row.id);
    if (edgeIds === undefined) return [];
    if (edgeIds === null) return [{ row, edges: null }];
    return (
      withEdges(
        row,
        row.edges.filter(({ id }) => edgeIds.includes(id)),
      ) ?? []
    );
  });
}

/** The same rows and edges by their ids, so that nothing is added later. */
export function frozenList(matched: readonly Matched[]): Matcher {
  return {
    kind: 'list',
    rows: matched.map(({ row, edges }) => ({ rowId: row.id, edgeIds: edges?.map(({ id }) => id) ?? null })),
  };
}

/** Whether a matcher names everything, as against a fleet that happens to have nothing else. */
export function matchesEverything(matcher: Matcher, rows: readonly MatchableRow[]): boolean {
  if (rows.length < 2) return false;
  const matched = matchRows(matcher, rows);
  return matched.length === rows.length && matched.every(({ edges }) => edges === null);
}

/**
 * Whether a text has a pattern of `*` (any characters) and `?` (one), regardless of case. Takes time proportional to the product of the
 * lengths at most, whatever the pattern.
 */
export function matchesPattern(pattern: string, text: string): boolean {
  const [wanted, given] = [[...pattern.toLowerCase()], [...text.toLowerCase()]];
  let [at, next, star, resumed] = [0, 0, -1, 0];
  while (at < given.length) {
    if (wanted[next] === '*') [star, resumed, next] = [next, at, next + 1];
    else if (wanted[next] === '?' || wanted[next] === given[at]) [at, next] = [at + 1, next + 1];
    else if (star >= 0) [resumed, at, next] = [resumed + 1, resumed + 1, star + 1];
    else return false;
  }
  return wanted.slice(next).every((character) => character === '*');
}

function matchByRule<R extends MatchableRow>(terms: readonly MatchTerm[], row: R): Matched<R> | null {
  const patterns = (field: MatchTerm['field']): string[] =>
    terms.filter((term) => term.field === field).map(({ pattern }) => pattern);
  const [sites, names, edgeNames] = [patterns('site'), patterns('name'), patterns('edge')];
  const { site, name } = row;
  if (sites.length > 0 && (site === null || !hasOne(sites, site))) return null;
  if (names.length > 0 && !hasOne(names, name)) return null;
  if (edgeNames.length === 0) return { row, edges: null };
  return withEdges(
    row,
    row.edges.filter((edge) => hasOne(edgeNames, edge.name)),
  );
}

/** All edges of a row are still not the row: what the row does is judged by itself, unless it is one edge. */
function withEdges<R extends MatchableRow>(row: R, edges: R['edges']): Matched<R> | null {
  if (edges.length === 0) return null;
  const isStandalone = row.edges.length === 1 && row.id !== row.edges[0]?.id && row.id.startsWith('edge:');
  return { row, edges: isStandalone ? null : edges };
}

function hasOne(patterns: readonly string[], text: string): boolean {
  return patterns.some((pattern) => matchesPattern(pattern, text));
}
