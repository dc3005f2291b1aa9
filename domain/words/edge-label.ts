/** An edge's name without its cluster's name as prefix: "fra-02-05" in "fra-02" is "-05". */
export function edgeLabel(clusterName: string, edgeName: string): string {
  const rest = edgeName.startsWith(clusterName) ? edgeName.slice(clusterName.length) : '';
  return /^[-_. ]./.test(rest) ? rest : edgeName;
}
