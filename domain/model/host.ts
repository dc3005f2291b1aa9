import { z } from 'zod';

/** An interface of this computer that leads to edges. Times are UTC milliseconds. */
export const hostLinkSchema = z.object({
  name: z.string(),
  address: z.string(),
  /** Its last change of address; null: none since Heron found the way. */
  changed: z.object({ from: z.string(), atMs: z.number() }).nullable(),
});
export type HostLink = z.infer<typeof hostLinkSchema>;

/**
 * The router by which this computer reaches other networks. `silent`: it answered before and no longer does; `gone`: the system has no
 * such route any more; `untested`: it has not answered yet, as some never do, or something on the way answers for it.
 */
export const hostGatewaySchema = z.object({
  address: z.string(),
  interfaceName: z.string(),
  state: z.enum(['answers', 'silent', 'gone', 'untested']),
  /** Null: it has not answered yet. */
  lastAnswerMs: z.number().nullable(),
});
export type HostGateway = z.infer<typeof hostGatewaySchema>;

/** This computer's own way to the edges. `gateway` null: there is none, or the system does not tell. */
export const hostStatusSchema = z.object({
  links: z.array(hostLinkSchema),
  gateway: hostGatewaySchema.nullable(),
});
export type HostStatus = z.infer<typeof hostStatusSchema>;
