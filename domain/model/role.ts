import { z } from 'zod';

/**
 * The role of an edge's load balancer. `init`, `backup` and `master` are CARP's states (FreeBSD carp(4)); `fault` is
 * keepalived's; `unknown`: no witness could say; `not-applicable`: a standalone edge, or an external LB.
 */
export const lbRoleSchema = z.enum(['init', 'backup', 'master', 'fault', 'unknown', 'not-applicable']);
export type LbRole = z.infer<typeof lbRoleSchema>;

/** What can tell the role, best first. */
export const witnessKinds = ['carp-extend', 'carp-mib', 'keepalived-mib', 'http-json', 'traffic'] as const;
export const witnessKindSchema = z.enum(witnessKinds);
export type WitnessKind = z.infer<typeof witnessKindSchema>;

/** One witness's word on one LB. `confidence` is 0..1; everything but traffic inference says 1. */
export const roleWitnessSchema = z.object({
  witness: witnessKindSchema,
  role: lbRoleSchema,
  vhid: z.number().int().nullable(),
  advbase: z.number().int().nullable(),
  advskew: z.number().int().nullable(),
  confidence: z.number().min(0).max(1),
  /**
   * How old the answer may already have been when it was given, milliseconds: an agent that caches (net-snmp's
   * nsExtendCacheTime, 5 s unless set) may repeat an old word. It widens brackets; 0 when the agent looks afresh.
   */
  maxAgeMs: z.number().min(0),
  /** The words or the number as the agent sent it, for the evidence. */
  said: z.string(),
});
export type RoleWitness = z.infer<typeof roleWitnessSchema>;
