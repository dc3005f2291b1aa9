/** The CSS custom property of an edge's series colour. */
export function seriesVariable(edgeNumber: number): string {
  return `--s${((edgeNumber - 1) % 16) + 1}`;
}
