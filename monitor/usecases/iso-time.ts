/** No date is later in JavaScript. */
const lastDateMs = 8.64e15;

/** A time as ISO 8601 in UTC. A file may claim any number: one that is no date is given as it is. */
export function iso(ms: number): string {
  return Math.abs(ms) <= lastDateMs ? new Date(ms).toISOString() : `${ms} ms`;
}

export function isoOrNull(ms: number | null | undefined): string | null {
  return ms === null || ms === undefined ? null : iso(ms);
}
