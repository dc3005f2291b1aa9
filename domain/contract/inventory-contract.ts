import { z } from 'zod';
import { identifiedInventorySchema } from '../inventory/identified-inventory';
import { inventoryEditSchema } from '../inventory/inventory-edit';
import { clusterEdgeSchema, credentialSchema } from '../inventory/inventory-file';
import { secretNameSchema } from '../inventory/inventory-text';
import { roleWitnessSchema } from '../model/role';

const nothing = z.void();
const fieldChangeSchema = z.object({ field: z.string(), from: z.string(), to: z.string() });

/** What taking a file in would change: by name, and field by field. */
export const inventoryPreviewSchema = z.object({
  file: z.string(),
  added: z.array(z.string()),
  changed: z.array(z.object({ name: z.string(), fields: z.array(fieldChangeSchema) })),
  removed: z.array(z.string()),
});
export type InventoryPreview = z.infer<typeof inventoryPreviewSchema>;

/** Which inventory: the one that is watched, or the person's own, which waits while the demo fleet is watched. */
const whichSchema = z.enum(['watched', 'own']);

/** Where a credential's password is, as far as it may be told. `stored-open`: kept, but no keychain protects it. */
export const passwordPlaceSchema = z.object({
  credential: z.string(),
  part: z.enum(['auth', 'priv', 'community']),
  place: z.enum(['stored', 'stored-open', 'until-closing', 'environment', 'environment-unset', 'missing']),
});
export type PasswordPlace = z.infer<typeof passwordPlaceSchema>;

const passwordValue = z.string().min(1).max(1024);

/** A password as it was typed, on its only way: from the form to the store. `secret` is the name it is kept under. */
export const typedPasswordSchema = z.object({
  secret: secretNameSchema,
  value: passwordValue,
  keep: z.enum(['stored', 'until-closing']),
});
export type TypedPassword = z.infer<typeof typedPasswordSchema>;

const failed = z.object({ outcome: z.literal('failed'), latencyMs: z.number(), words: z.string() });
const notAsked = z.object({ outcome: z.literal('not-asked') });
const answered = { outcome: z.literal('answered'), latencyMs: z.number() };

/** What one edge answered when it was tried. Nothing of it is kept. */
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

export const inventoryQueries = {
  /** An inventory as configured, where its passwords are, and whether this computer can keep passwords. */
  'inventory.get': {
    args: z.object({ which: whichSchema }),
    result: z.object({
      /** What is watched now. */
      mode: z.enum(['demo', 'inventory']),
      inventory: identifiedInventorySchema,
      passwords: z.array(passwordPlaceSchema),
      keychain: z.boolean(),
    }),
  },
  /** Reads an edge once, with values that may be in no inventory yet. Keeps nothing. */
  'inventory.try': {
    args: z.object({
      edge: clusterEdgeSchema,
      credential: credentialSchema.nullable(),
      passwords: z.array(z.object({ secret: secretNameSchema, value: passwordValue })).max(4),
    }),
    result: tryResultSchema,
  },
};

export const inventoryCommands = {
  /** Opens a file dialog, checks the file, and answers what it would change; nothing is changed yet. */
  'inventory.choose': { args: nothing, result: inventoryPreviewSchema.nullable() },
  /** Takes the file that `inventory.choose` showed into the inventory. */
  'inventory.import': { args: z.object({ file: z.string() }), result: inventoryPreviewSchema },
  /** Opens a save dialog and writes the whole inventory; answers the path, or null when the person cancelled. */
  'inventory.export': { args: nothing, result: z.string().nullable() },
  /** Makes one change, keeps the passwords that came with it, and answers the number to undo it by. */
  'inventory.change': {
    args: z.object({
      which: whichSchema,
      edit: inventoryEditSchema,
      passwords: z.array(typedPasswordSchema).max(40),
    }),
    result: z.object({ change: z.number().int() }),
  },
  /** Takes the latest change back. Refused when there was another one since. */
  'inventory.undo': { args: z.object({ change: z.number().int() }), result: nothing },
  /** Forgets a password that was stored, or kept until closing. */
  'password.remove': { args: z.object({ secret: secretNameSchema }), result: nothing },
};
