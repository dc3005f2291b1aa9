import { z } from 'zod';

/**
 * What an edge or a cluster is judged to be. Worst first: this order is the table's default sort and the verdict's choice.
 * `not-applicable` is for a question that does not arise (the LB role of a standalone edge).
 */
export const healthStates = [
  'no-active-lb',
  'split-brain',
  'down',
  'unknown',
  'degraded',
  'no-redundancy',
  'maintenance',
  'up',
  'disabled',
  'not-applicable',
] as const;

export const healthSchema = z.enum(healthStates);
export type Health = z.infer<typeof healthSchema>;

/** Rank of a health state: 0 is worst. */
export function healthRank(health: Health): number {
  return healthStates.indexOf(health);
}

const withoutProblem: ReadonlySet<Health> = new Set(['up', 'maintenance', 'disabled', 'not-applicable']);

/** Whether something is wrong in this state; planned maintenance and what is deliberately not monitored are no problem. */
export function isProblem(health: Health): boolean {
  return !withoutProblem.has(health);
}

/**
 * Why something is judged as it is. `fact` is one short sentence that stands by itself ("fra-01-03 is down and was the
 * active LB."), `detail` the second, quieter one: the mechanism, or what to do. `code` is stable, for filters and tests.
 */
export const reasonSchema = z.object({
  code: z.string().regex(/^[a-z0-9-]+$/),
  fact: z.string(),
  detail: z.string(),
});
export type Reason = z.infer<typeof reasonSchema>;

/** Whether two lists of reasons have the same codes, whatever their order, how often, and in which words. */
export function haveSameCodes(one: readonly Reason[], other: readonly Reason[]): boolean {
  const codes = new Set(one.map(({ code }) => code));
  const others = new Set(other.map(({ code }) => code));
  return codes.size === others.size && [...codes].every((code) => others.has(code));
}
