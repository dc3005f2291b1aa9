import { z } from 'zod';

/**
 * The assessed state of an edge or a cluster, worst first: the default sort order of tables. `not-applicable` is for a question
 * that does not arise, such as the LB role of a standalone edge.
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
 * Why something is assessed as it is. `fact` is a short sentence that is complete by itself ("fra-01-03 is down and was the
 * active LB."), `detail` a second sentence: the mechanism, or what to do. `code` is stable, for filters and tests.
 */
export const reasonSchema = z.object({
  code: z.string().regex(/^[a-z0-9-]+$/),
  fact: z.string(),
  detail: z.string(),
});
export type Reason = z.infer<typeof reasonSchema>;

/** Whether two lists of reasons have the same codes, regardless of order, repetition and wording. */
export function haveSameCodes(one: readonly Reason[], other: readonly Reason[]): boolean {
  const codes = new Set(one.map(({ code }) => code));
  const others = new Set(other.map(({ code }) => code));
  return codes.size === others.size && [...codes].every((code) => others.has(code));
}
