import { createPublicKey, verify } from 'node:crypto';
import { valid } from 'semver';
import { z } from 'zod';

/** Where a package looks for newer versions, and the key that must have signed what is found there. Part of the package. */
export const updateFeedSchema = z.strictObject({
  url: z.url({ protocol: /^https?$/ }),
  /** Ed25519, base64 of its DER form. */
  publicKey: z.base64(),
});
export type UpdateFeed = z.infer<typeof updateFeedSchema>;

/** A version that there is, and what its files must be (build/release/sign-update.mjs writes it). */
export const updateManifestSchema = z.object({
  version: z.string().refine((text) => valid(text) === text, 'must be a version such as 1.2.3'),
  releasedAt: z.iso.datetime(),
  /** What is new, for people. */
  page: z
    .url({ protocol: /^https$/ })
    .nullable()
    .default(null),
  files: z.record(
    z.string().max(200),
    z.object({ sha512: z.base64().length(88), sizeBytes: z.int().positive() }),
  ),
});
export type UpdateManifest = z.infer<typeof updateManifestSchema>;

/** Why no newer version could be looked for, in words for a person. */
export class UpdateError extends Error {}

/**
 * Reads a manifest whose signature is right.
 *
 * @param signature base64, of the manifest's bytes
 * @throws UpdateError
 */
export function readManifest(text: string, signature: string, publicKey: string): UpdateManifest {
  if (!isSigned(text, signature, publicKey))
    throw new UpdateError(
      'What was found there is not signed by the key of this Heron. Nothing of it was used.',
    );
  const read = updateManifestSchema.safeParse(parsed(text));
  if (read.success) return read.data;
  throw new UpdateError(
    `What was found there is no list of a version's files: ${z.prettifyError(read.error)}`,
  );
}

function isSigned(text: string, signature: string, publicKey: string): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
    if (key.asymmetricKeyType !== 'ed25519') return false;
    return verify(null, Buffer.from(text, 'utf8'), key, Buffer.from(signature.trim(), 'base64'));
  } catch {
    // A key or signature that cannot be read proves nothing.
    return false;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
