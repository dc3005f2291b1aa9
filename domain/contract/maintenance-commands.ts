import { z } from 'zod';
import { maintenanceDraftSchema } from '../model/maintenance';

const person = z.string().trim().min(1).max(80);
const windowId = z.string().min(1).max(200);
const planned = {
  draft: maintenanceDraftSchema,
  by: person,
  /** The person confirmed that it is about everything that is monitored. */
  everything: z.boolean(),
};

/** What people decide about maintenance windows. The plan itself is a fold over events: domain/maintenance/plan.ts. */
export const maintenanceCommands = {
  /** Returns the id of the new window. */
  'maintenance.plan': { needsMonitoring: true, args: z.object(planned), result: z.object({ windowId }) },
  'maintenance.change': {
    needsMonitoring: true,
    args: z.object({ ...planned, windowId }),
    result: z.void(),
  },
  /** Ends the time in progress. What recurs stays planned. */
  'maintenance.end': { needsMonitoring: true, args: z.object({ windowId, by: person }), result: z.void() },
  'maintenance.cancel': { needsMonitoring: true, args: z.object({ windowId, by: person }), result: z.void() },
} as const;
