/** A duration between two bounds, in milliseconds. */
export interface TimeSpan {
  atLeast: number;
  atMost: number;
}

/** The longer of two, each bound separately. */
export function longer(one: TimeSpan | null, other: TimeSpan | null): TimeSpan | null {
  if (one === null || other === null) return one ?? other;
  return { atLeast: Math.max(one.atLeast, other.atLeast), atMost: Math.max(one.atMost, other.atMost) };
}
