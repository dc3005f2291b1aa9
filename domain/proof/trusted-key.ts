import { z } from 'zod';

/** SHA-256 of a public key in hexadecimal, for people to compare. */
export const keyFingerprintSchema = z.string().regex(/^[0-9a-f]{64}$/, 'must have 64 hexadecimal digits');

/** What the user enters about a key. */
export const newTrustedKeySchema = z.strictObject({
  fingerprint: keyFingerprintSchema,
  /** Whose key it is. */
  name: z.string().trim().min(1).max(64),
  /** Where the person has the fingerprint from, such as "read out on the phone". */
  from: z.string().trim().max(200),
});
export type NewTrustedKey = z.infer<typeof newTrustedKeySchema>;

/** A key whose signatures the user trusts. */
export const trustedKeySchema = newTrustedKeySchema.extend({ addedMs: z.int() });
export type TrustedKey = z.infer<typeof trustedKeySchema>;

/** The keys whose signatures count on this computer. */
export const knownKeysSchema = z.object({
  /** The key of this computer, which needs no entry; null where it has none. */
  own: keyFingerprintSchema.nullable(),
  /** Why this computer has no key; empty when it has one. */
  ownWords: z.string(),
  /** In the order in which they were added. */
  trusted: z.array(trustedKeySchema),
});
export type KnownKeys = z.infer<typeof knownKeysSchema>;
