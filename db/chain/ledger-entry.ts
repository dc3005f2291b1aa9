import { z } from 'zod';
import { countOf, parseRangeText } from './number-ranges';
import { markLength } from './row-digest';
import { chainPlaceSchema, fingerprintSchema, publicKeySchema, signatureSchema } from './signed-text';

const hexHash = z.string().regex(/^[0-9a-f]{64}$/);
const whole = z.int().min(0);
/** Row numbers as number-ranges.ts writes them. */
const ranges = z.string().refine((text) => {
  try {
    return parseRangeText(text).length > 0;
  } catch {
    return false;
  }
}, 'is no list of row numbers');

/** Rows that a seal covers: which, and what they were (row-digest.ts). */
const sealedRowsShape = z.strictObject({ rows: ranges, marks: z.string(), sha256: hexHash });
export type SealedRows = z.infer<typeof sealedRowsShape>;

/** A set names as many rows as it has marks: a range of quadrillions would otherwise keep a verification busy for ever. */
function hasMarkPerRow({ rows, marks, ids = rows }: SealedRows & { ids?: string | undefined }): boolean {
  try {
    const isMarked = (text: string): boolean => countOf(parseRangeText(text)) * markLength === marks.length;
    return isMarked(rows) && isMarked(ids);
  } catch {
    return false;
  }
}
const unlikeMarks = 'names another number of rows than it has marks for';
const sealedRowsSchema = sealedRowsShape.refine(hasMarkPerRow, unlikeMarks);

/** The numbers of a set's rows in their own table, in the order of the set; seals of Heron before 0.2 have none. */
const idsShape = { ids: ranges.optional() };

const throughSchema = z.strictObject({
  sealings: whole,
  spansBegun: whole,
  runsBegun: whole,
  clockSteps: whole,
  inventoryVersions: whole,
  clusters: whole,
  edges: whole,
});
export type SealedThrough = z.infer<typeof throughSchema>;

const chunkSetsSchema = z.array(
  sealedRowsShape.extend({ hour: whole, sealing: whole, ...idsShape }).refine(hasMarkPerRow, unlikeMarks),
);
const rollupSetsSchema = z.array(
  sealedRowsShape
    .extend({ level: whole, period: whole, sealing: whole, ...idsShape })
    .refine(hasMarkPerRow, unlikeMarks),
);

/**
 * In the last seal of a run: nothing is written between it and the next run. So it can cover what is still to change, and it is
 * held against that as long as no later seal is there. `samples` digests the hot samples, minute by minute; null when
 * there were too many to do it while closing. `underWay`: the sealing that was not finished, its line and its rows.
 */
const closingSchema = z.strictObject({
  samples: z.array(z.strictObject({ minute: whole, count: whole, sha256: hexHash })).nullable(),
  underWay: z
    .strictObject({ line: z.string(), chunks: chunkSetsSchema, rollups: rollupSetsSchema })
    .nullable(),
});
export type Closing = z.infer<typeof closingSchema>;

/**
 * A seal: everything that was made since the seal before it. Rows of `chunks` and `rollups` are edge numbers, elsewhere the
 * row's own number. `…Begun` covers what never changes of a row from when it is made, `…Ended` the whole row once it is over.
 */
export const sealBodySchema = z.strictObject({
  /** Head of the chain of events. */
  events: chainPlaceSchema,
  /** By table, the last row that is sealed with this seal; 0 for none yet. The next seal begins after it. */
  through: throughSchema,
  sealings: sealedRowsSchema.optional(),
  chunks: chunkSetsSchema,
  rollups: rollupSetsSchema,
  spansBegun: sealedRowsSchema.optional(),
  spansEnded: sealedRowsSchema.optional(),
  runsBegun: sealedRowsSchema.optional(),
  runsEnded: sealedRowsSchema.optional(),
  clockSteps: sealedRowsSchema.optional(),
  inventoryVersions: sealedRowsSchema.optional(),
  clusters: sealedRowsSchema.optional(),
  edges: sealedRowsSchema.optional(),
  closing: closingSchema.optional(),
});
export type SealBody = z.infer<typeof sealBodySchema>;

/** A public key enters. `endorsement` is the key before it over `keyChangeText`; null for the first, or when that key is lost. */
export const keyBodySchema = z.strictObject({
  publicKey: publicKeySchema,
  previousKey: fingerprintSchema.nullable(),
  endorsement: signatureSchema.nullable(),
});
export type KeyBody = z.infer<typeof keyBodySchema>;

/** The key's signature over `headText` of the heads named; `ledger` is a row before this one. The row's time is the head's. */
export const signatureBodySchema = z.strictObject({
  key: fingerprintSchema,
  ledger: chainPlaceSchema,
  events: chainPlaceSchema,
  signature: signatureSchema,
});
export type SignatureBody = z.infer<typeof signatureBodySchema>;

/** Sealed chunks or rollups that were removed: those of whole periods. The digest is over their lines, period by period. */
export const pruneBodySchema = z.strictObject({
  table: z.enum(['chunks', 'rollups']),
  /** Of rollups; 0 for chunks. */
  level: whole,
  fromPeriod: whole,
  toPeriod: whole,
  count: whole,
  sha256: hexHash,
  why: z.string().min(1),
});
export type PruneBody = z.infer<typeof pruneBodySchema>;

/** A ledger row's kind and body, as checked. */
export type LedgerEntry =
  | { kind: 'key'; body: KeyBody }
  | { kind: 'seal'; body: SealBody }
  | { kind: 'signature'; body: SignatureBody }
  | { kind: 'prune'; body: PruneBody };

const bodySchemas = {
  key: keyBodySchema,
  seal: sealBodySchema,
  signature: signatureBodySchema,
  prune: pruneBodySchema,
};

/** Reads a ledger row's body. Throws a ZodError or SyntaxError when it is none. */
export function parseLedgerEntry(kind: string, body: string): LedgerEntry {
  if (!isKind(kind)) throw new SyntaxError(`there is no ledger row of kind "${kind}"`);
  return { kind, body: bodySchemas[kind].parse(JSON.parse(body)) } as LedgerEntry;
}

function isKind(kind: string): kind is LedgerEntry['kind'] {
  return Object.hasOwn(bodySchemas, kind);
}
