/**
 * An edge's name without its cluster's name as prefix: "fra-02-05" in "fra-02" is "-05". Of a label that is longer than `longest`
 * characters the end is left, which tells the edges of a cluster apart.
 */
export function edgeLabel(clusterName: string, edgeName: string, longest = 14): string {
  const rest = edgeName.startsWith(clusterName) ? edgeName.slice(clusterName.length) : '';
  const label = /^[-_. ]./.test(rest) ? rest : edgeName;
  return label.length <= longest ? label : `…${label.slice(1 - longest)}`;
}
