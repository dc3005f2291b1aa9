import { identifiedInventorySchema } from '../inventory/inventory';
import { z } from 'zod';
import { inventoryEditSchema } from '../inventory/inventory-edit';
import { clusterEdgeSchema, credentialSchema } from '../inventory/inventory-file';
import { secretNameSchema } from '../inventory/inventory-text';
import { metricsSourceSchema } from '../inventory/metrics-source';
import { roleWitnessSchema } from '../model/role';

const nothing = z.void();
const fieldChangeSchema = z.object({ field: z.string(), from: z.string(), to: z.string() });

/** What importing a file would change: by name, and field by field. */
export const inventoryPreviewSchema = z.object({
  file: z.string(),
  added: z.array(z.string()),
  changed: z.array(z.object({ name: z.string(), fields: z.array(fieldChangeSchema) })),
  removed: z.array(z.string()),
  /** Values that were changed here and, differently, in the file since the last import. `field` null: removed on one side. */
  conflicts: z.array(
    z.object({
      entry: z.string(),
      field: z.string().nullable(),
      mine: z.string().nullable(),
      theirs: z.string().nullable(),
    }),
  ),
});
export type InventoryPreview = z.infer<typeof inventoryPreviewSchema>;

/** Which inventory: the monitored one, or the user's stored one, which is inactive while the demo fleet is monitored. */
const whichSchema = z.enum(['monitored', 'stored']);

/** Where a credential's password is. `stored-open`: stored, but no keychain protects it. */
export const passwordPlaceSchema = z.object({
  credential: z.string(),
  part: z.enum(['auth', 'priv', 'community']),
  place: z.enum(['stored', 'stored-open', 'until-closing', 'environment', 'environment-unset', 'missing']),
});
export type PasswordPlace = z.infer<typeof passwordPlaceSchema>;

const passwordValue = z.string().min(1).max(1024);

/** A password as typed, from the form to the password store. `secret`: the name it is stored under. */
export const typedPasswordSchema = z.object({
  secret: secretNameSchema,
  value: passwordValue,
  keep: z.enum(['stored', 'until-closing']),
});
export type TypedPassword = z.infer<typeof typedPasswordSchema>;

const failed = z.object({ outcome: z.literal('failed'), latencyMs: z.number(), words: z.string() });
const notAsked = z.object({ outcome: z.literal('not-asked') });
const answered = { outcome: z.literal('answered'), latencyMs: z.number() };

/** What one edge answered in a connection test. Nothing of it is stored. */
export const tryResultSchema = z.object({
  edgeName: z.string(),
  atMs: z.number(),
  tookMs: z.number(),
  snmp: z.discriminatedUnion('outcome', [
    z.object({
      ...answered,
      /** The SNMPv3 engine that answered, in hexadecimal digits; null with v2c. */
      engine: z.string().nullable(),
      systemName: z.string().nullable(),
      description: z.string().nullable(),
      uptimeMs: z.number().nullable(),
      roles: z.array(roleWitnessSchema),
      interfaces: z.array(
        z.object({
          name: z.string(),
          up: z.boolean().nullable(),
          use: z.enum(['management', 'proxy', 'load balancer']).nullable(),
        }),
      ),
      unreadable: z.array(z.string()),
    }),
    failed,
    notAsked,
  ]),
  http: z.discriminatedUnion('outcome', [
    z.object({ ...answered, status: z.number(), bodyBytes: z.number(), asExpected: z.boolean().nullable() }),
    failed,
    notAsked,
  ]),
  tcp: z.discriminatedUnion('outcome', [z.object(answered), failed, notAsked]),
});
export type TryResult = z.infer<typeof tryResultSchema>;

const named = z.array(z.string());

/** What a metrics engine answered in a connection test. Lists of edges hold the first few; counts are of all. */
export const sourceTrialSchema = z.object({
  atMs: z.number(),
  tookMs: z.number(),
  /** What answered, as it names itself; version null: it names none. */
  engine: z.object({ name: z.string(), version: z.string().nullable() }),
  /** How far its clock is ahead of this computer's, and by how much that may be wrong. */
  clock: z.object({ offsetMs: z.number(), uncertaintyMs: z.number() }),
  /** Series that Heron reads, of the job. */
  series: z.number().int(),
  /** Other jobs whose targets have the label edge. */
  otherJobs: named,
  /** The scrape interval that scrapes of the last minutes have; null: there are too few. */
  scrapeIntervalMs: z.number().nullable(),
  targets: z.object({ count: z.number().int(), failing: z.number().int(), failingEdges: named }),
  /** Edges that are to be read through it and have no target. */
  missing: z.object({ count: z.number().int(), edges: named }),
  /** Edges with two targets or more, whose readings would be unknown. */
  repeated: z.object({ count: z.number().int(), edges: named }),
  /** Targets of edges that are not to be read through it. */
  others: z.object({ count: z.number().int(), edges: named }),
});
export type SourceTrial = z.infer<typeof sourceTrialSchema>;

export const inventoryQueries = {
  /** An inventory as configured, where its passwords are, and whether a keychain can protect passwords. */
  'inventory.get': {
    needsMonitoring: true,
    args: z.object({ which: whichSchema }),
    result: z.object({
      /** What is monitored now. */
      mode: z.enum(['demo', 'inventory']),
      inventory: identifiedInventorySchema,
      passwords: z.array(passwordPlaceSchema),
      /** Where the token or the password of each source is that has one. */
      sourceSecrets: z.array(z.object({ source: z.string(), place: passwordPlaceSchema.shape.place })),
      keychain: z.boolean(),
    }),
  },
  /** Polls an edge once, with values that may not be in any inventory yet. Stores nothing. */
  'inventory.try': {
    needsMonitoring: true,
    args: z.object({
      edge: clusterEdgeSchema,
      credential: credentialSchema.nullable(),
      passwords: z.array(z.object({ secret: secretNameSchema, value: passwordValue })).max(4),
    }),
    result: tryResultSchema,
  },
  /** Asks a metrics engine once what it has of these edges. Stores nothing. `secret`: as typed; null: the stored one, or none. */
  'inventory.trySource': {
    needsMonitoring: true,
    args: z.object({
      source: metricsSourceSchema,
      secret: passwordValue.nullable(),
      edges: z.array(z.string().max(64)).max(100_000),
    }),
    result: sourceTrialSchema,
  },
};

export const inventoryCommands = {
  /** Opens a file dialog, checks the file, and returns what it would change; nothing is changed yet. */
  'inventory.choose': { needsMonitoring: true, args: nothing, result: inventoryPreviewSchema.nullable() },
  /** Imports the file that `inventory.choose` returned. `preferred`: whose value counts in a conflict; refused without it where there is one. */
  'inventory.import': {
    needsMonitoring: true,
    args: z.object({ file: z.string(), preferred: z.enum(['here', 'file']).optional() }),
    result: inventoryPreviewSchema,
  },
  /** Opens a save dialog and writes the whole inventory; returns the path, or null when the person cancelled. */
  'inventory.export': { needsMonitoring: true, args: nothing, result: z.string().nullable() },
  /** Applies one change, stores the passwords that came with it, and returns the number that undoes it. */
  'inventory.change': {
    needsMonitoring: true,
    args: z.object({
      which: whichSchema,
      edit: inventoryEditSchema,
      passwords: z.array(typedPasswordSchema).max(40),
    }),
    result: z.object({ change: z.number().int() }),
  },
  /** Undoes the latest change. Refused when there was another one since. */
  'inventory.undo': { needsMonitoring: true, args: z.object({ change: z.number().int() }), result: nothing },
  /** Removes a password that is stored, or held until Heron closes. */
  'password.remove': { needsMonitoring: true, args: z.object({ secret: secretNameSchema }), result: nothing },
};
