/**
 * The usual time between two polls as the steps of a series show it, of the edge that is polled least often, milliseconds: an edge may
 * have an interval of its own. `polled`: of each edge, whether a step has a poll. 0: too few polls to tell.
 */
export function pollSpacingMs(polled: readonly (readonly boolean[])[], stepMs: number): number {
  return polled.reduce((longest, steps) => {
    const places = steps.flatMap((isPolled, step) => (isPolled ? [step] : []));
    const apart = places.slice(1).map((step, index) => step - (places[index] ?? step));
    const median = apart.length < 2 ? 0 : (apart.sort((a, b) => a - b)[Math.floor(apart.length / 2)] ?? 0);
    return Math.max(longest, median * stepMs);
  }, 0);
}
