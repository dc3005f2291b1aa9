import { z } from 'zod';

const nothing = z.void();

export const welcomeQueries = {
  /** Whether the welcome is due: from the first start until it is dismissed, or again on request. */
  'welcome.status': { args: nothing, result: z.object({ shown: z.boolean() }) },
} as const;

export const welcomeCommands = {
  /** Dismisses the welcome for good, or shows it again. */
  'welcome.set': { args: z.object({ shown: z.boolean() }), result: nothing },
  /** Stops the active LB of a healthy cluster of the demo fleet for a while. Refused while anything else is monitored. */
  'demo.failover': {
    needsMonitoring: true,
    args: nothing,
    /** The cluster, and when its LB was stopped. */
    result: z.object({ clusterId: z.string(), clusterName: z.string(), atMs: z.number() }),
  },
} as const;
