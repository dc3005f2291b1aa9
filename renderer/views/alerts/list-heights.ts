/** Heights of what the list of alerts consists of, in pixels, as its styles make them. */
export const incidentPx = 26;
/** Three lines of 20, the space above and below them, and the line below. */
export const alertPx = 73;
/** The line that counts suppressed symptoms. */
export const foldPx = 20;

/** So many suppressed symptoms, each on one line. */
export function symptomsPx(lines: number): number {
  return 4 + 18 * lines;
}
