import { z } from 'zod';
import { deskCommands, deskNotices, deskQueries } from './desk';
import { metricsCommands, metricsQueries } from './metrics';

/** What an administrator set for all users of this computer. */
export const policyStatusSchema = z.object({
  file: z.string(),
  isSet: z.boolean(),
  /** One sentence a setting. */
  settings: z.array(z.string()),
  /** Why the file is not followed; null: it is, or there is none. */
  fault: z.string().nullable(),
});
export type PolicyStatus = z.infer<typeof policyStatusSchema>;

/** Whether Heron starts when this user logs in. Not available: `words` has the reason. */
export const loginStatusSchema = z.object({ on: z.boolean(), available: z.boolean(), words: z.string() });
export type LoginStatus = z.infer<typeof loginStatusSchema>;

/** What is known of newer versions. */
export const updateStatusSchema = z.object({
  /** `off`: nothing is looked for. `ready`: installed when Heron is closed. */
  state: z.enum(['off', 'idle', 'checking', 'current', 'newer', 'downloading', 'ready', 'failed']),
  words: z.string(),
  /** Who decides whether newer versions are looked for; `build`: this package has nowhere to look. */
  decidedBy: z.enum(['user', 'administrator', 'build']),
  on: z.boolean(),
  /** The newer version; null: none is known. */
  version: z.string().nullable(),
  /** Where it is described. */
  page: z.string().nullable(),
  checkedMs: z.number().nullable(),
  /** Heron can install it itself, and may. */
  canInstall: z.boolean(),
});
export type UpdateStatus = z.infer<typeof updateStatusSchema>;

const nothing = z.void();

/** What concerns Heron as a program of this computer. */
export const computerQueries = {
  ...deskQueries,
  ...metricsQueries,
  'policy.get': { args: nothing, result: policyStatusSchema },
  'login.status': { args: nothing, result: loginStatusSchema },
  'updates.status': { args: nothing, result: updateStatusSchema },
};

export const computerCommands = {
  ...deskCommands,
  ...metricsCommands,
  'login.set': { args: z.object({ on: z.boolean() }), result: loginStatusSchema },
  /** Turns looking for newer versions on or off. Refused where an administrator decides it. */
  'updates.set': { args: z.object({ on: z.boolean() }), result: updateStatusSchema },
  /** Looks for a newer version now. */
  'updates.check': { args: nothing, result: updateStatusSchema },
  /** Downloads the newer version, checks it, and installs it when Heron is closed. */
  'updates.install': { args: nothing, result: updateStatusSchema },
};

export const computerNotices = deskNotices;
