import { z } from 'zod';
import { chainPlaceSchema, fingerprintOf, publicKeySchema, signatureSchema } from './signed-text';

/**
 * An anchor: the heads of a history's chains at one time, stored where whoever can alter the history cannot alter them. Small
 * enough for a mail or a post-it: with it one can tell whether a history was truncated or rebuilt since.
 */
export const anchorSchema = z.strictObject({
  format: z.literal('heron-anchor-1'),
  historyId: z.string().min(1),
  atMs: z.int(),
  ledger: chainPlaceSchema,
  events: chainPlaceSchema,
  /** The key that signed these heads, and its signature; null when the history is not signed. */
  publicKey: publicKeySchema.nullable(),
  signature: signatureSchema.nullable(),
});
export type Anchor = z.infer<typeof anchorSchema>;

/** The anchor as text: JSON, one member a line. */
export function anchorText(anchor: Anchor): string {
  return `${JSON.stringify(anchor, null, 2)}\n`;
}

/** Parses an anchor. Throws an Error that explains what is wrong with it. */
export function parseAnchor(text: string): Anchor {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error('it is not JSON');
  }
  const checked = anchorSchema.safeParse(value);
  if (checked.success) return checked.data;
  const issue = checked.error.issues[0];
  throw new Error(`${issue?.path.join('.') || 'the whole'}: ${issue?.message ?? 'is wrong'}`);
}

/** The fingerprint of the key that signed an anchor; null when it is not signed. */
export function anchorKey(anchor: Anchor): string | null {
  return anchor.publicKey === null ? null : fingerprintOf(anchor.publicKey);
}
