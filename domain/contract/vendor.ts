import { z } from 'zod';
import { driftFindingSchema } from '../vendor/drift';
import { importPreviewSchema } from '../vendor/import-preview';
import { vendorSettingsSchema } from '../vendor/vendor-settings';
import { passwordPlaceSchema, typedPasswordSchema } from './inventory-contract';
import { requestFailureSchema } from './request-failure';

const nothing = z.void();

/** The source of the inventory at the vendor, and how far reading it is. The client secret is not in it. */
export const vendorStatusSchema = z.object({
  settings: vendorSettingsSchema.nullable(),
  /** Where the client secret is; null: no source is set up. */
  secretPlace: passwordPlaceSchema.shape.place.nullable(),
  /** Whether a keychain protects secrets that are stored. */
  keychain: z.boolean(),
  /** Null: nothing is being read. */
  reading: z
    .object({
      sinceMs: z.number(),
      clusters: z.number().int(),
      edges: z.number().int(),
      /** A wait that takes longer than the usual second; null: none. */
      wait: z.object({ untilMs: z.number(), words: z.string() }).nullable(),
    })
    .nullable(),
  /** Why the latest reading failed; null: it did not. */
  failure: requestFailureSchema.nullable(),
  /** When the vendor was read completely; null: not yet. */
  readAtMs: z.number().nullable(),
  /** When it is read next by itself; null: only when a person asks. */
  nextAtMs: z.number().nullable(),
  /** How many entries differ at the vendor from the own inventory; null: nothing was read yet. */
  changes: z.number().int().nullable(),
  /** How many pages of an interrupted reading are kept. */
  keptPages: z.number().int(),
});
export type VendorStatus = z.infer<typeof vendorStatusSchema>;

/** What a trial found: it signs in and reads the first page of each list. */
export const vendorTrialSchema = z.object({
  clusters: z.number().int(),
  edges: z.number().int(),
  /** Whether the vendor has no more than that. */
  isAll: z.boolean(),
  /** Edges, and what the rules make of them: where SNMP is queried, with which credential; null: no rule matches. */
  samples: z.array(
    z.object({ name: z.string(), proxyIp: z.string().nullable(), polled: z.string().nullable() }),
  ),
  /** Of the edges read, those that no rule matches. */
  unmatched: z.number().int(),
  /** What would stay unresolved, where the vendor has no more than what was read: the first few. */
  problems: z.array(z.string()),
  problemCount: z.number().int(),
});
export type VendorTrial = z.infer<typeof vendorTrialSchema>;

const secrets = z.array(typedPasswordSchema).max(40);

export const vendorQueries = {
  'vendor.status': { args: nothing, result: vendorStatusSchema },
  /** What importing what was read would change; null: nothing was read yet. */
  'vendor.preview': { needsMonitoring: true, args: nothing, result: importPreviewSchema.nullable() },
  /** Configured at the vendor, configured here, and observed: where they differ, as of the last reading; null: there was none. */
  'vendor.drift': { args: nothing, result: z.array(driftFindingSchema).nullable() },
  /** Signs in with values that may not be saved, and reads a page of each list. Stores nothing. `secret`: as typed; null: the stored one. */
  'vendor.try': {
    args: z.object({
      settings: vendorSettingsSchema,
      secret: z.string().min(1).max(1024).nullable(),
    }),
    result: vendorTrialSchema,
  },
};

export const vendorCommands = {
  /** Sets up the source, and stores the secrets that were typed for it. */
  'vendor.save': {
    needsMonitoring: true,
    args: z.object({ settings: vendorSettingsSchema, secrets }),
    result: nothing,
  },
  /** Forgets the source, its secret and what was read. The inventory stays. */
  'vendor.remove': { args: nothing, result: nothing },
  /** Begins to read, or goes on after an interruption; the status has the progress. */
  'vendor.read': { needsMonitoring: true, args: nothing, result: nothing },
  /** Ends reading; what was read is kept. */
  'vendor.cancel': { args: nothing, result: nothing },
  /** Applies the import as the preview with this id showed it; refused when it would be another one now. */
  'vendor.apply': {
    needsMonitoring: true,
    args: z.object({ id: z.string().max(100), allowsRemovals: z.boolean() }),
    result: nothing,
  },
};
