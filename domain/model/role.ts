import { z } from 'zod';

/**
 * The role of an edge's load balancer. `init`, `backup` and `master` are CARP's states (FreeBSD carp(4)); `fault` is
 * keepalived's; `unknown`: no witness reports it; `not-applicable`: a standalone edge, or an external LB.
 */
export const lbRoleSchema = z.enum(['init', 'backup', 'master', 'fault', 'unknown', 'not-applicable']);
export type LbRole = z.infer<typeof lbRoleSchema>;

/** The kinds of witnesses, best first. */
export const witnessKinds = ['carp-extend', 'carp-mib', 'keepalived-mib', 'http-json', 'traffic'] as const;
export const witnessKindSchema = z.enum(witnessKinds);
export type WitnessKind = z.infer<typeof witnessKindSchema>;

/** The role that one witness reports of one LB. `confidence` is 0..1, and 1 for all but inference from traffic. */
export const roleWitnessSchema = z.object({
  witness: witnessKindSchema,
  role: lbRoleSchema,
  vhid: z.number().int().nullable(),
  advbase: z.number().int().nullable(),
  advskew: z.number().int().nullable(),
  confidence: z.number().min(0).max(1),
  /**
   * How old the value may have been when the agent sent it, milliseconds: an agent may cache (net-snmp's nsExtendCacheTime
   * is 5 s by default). It widens brackets; 0 when the agent does not cache.
   */
  maxAgeMs: z.number().min(0),
  /** The text or number as the agent sent it, as evidence. */
  said: z.string(),
  /** Interface or instance of the group, which tells groups with the same VHID apart. */
  label: z.string().optional(),
  /** The group's virtual addresses, separated by spaces. */
  virtualIps: z.string().optional(),
  /** VRRP's priority now and as configured, 1..255; the higher one wins. */
  priority: z.number().int().optional(),
  basePriority: z.number().int().optional(),
  /** Whether an LB with a better priority takes the role back. */
  preempt: z.boolean().optional(),
  /** CARP's demotion counter, which raises the advskew of a sick host (carp(4)); 0 is well. */
  demotion: z.number().int().optional(),
  /** Whether the host takes part in CARP at all (net.inet.carp.allow). */
  allowed: z.boolean().optional(),
  /** The metrics source that read it, and how often: a change cannot be dated more closely. Absent: Heron polled it itself. */
  through: z.string().optional(),
  /** It is about another group than the cluster's. */
  otherGroup: z.literal(true).optional(),
});
export type RoleWitness = z.infer<typeof roleWitnessSchema>;
