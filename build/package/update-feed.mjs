import { createPublicKey } from 'node:crypto';
import { PreparationError } from '../shared/progress.mjs';

/**
 * Where a package looks for newer versions, and the key that must have signed what is found there. Both are part of the package:
 * HERON_UPDATE_URL, and HERON_UPDATE_KEY, the public Ed25519 key (base64 of its DER form). Without them it looks nowhere.
 * @param {NodeJS.ProcessEnv} environment
 * @returns {{ url: string, publicKey: string } | null}
 */
export function updateFeed({ HERON_UPDATE_URL: url, HERON_UPDATE_KEY: publicKey }) {
  if (!url && !publicKey) return null;
  if (!url || !publicKey) throw wrong('Only one of HERON_UPDATE_URL and HERON_UPDATE_KEY is set.');
  if (!URL.canParse(url)) throw wrong(`HERON_UPDATE_URL is "${url}", which is no URL.`);
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
    if (key.asymmetricKeyType !== 'ed25519') throw new Error(`it is ${key.asymmetricKeyType}`);
  } catch (fault) {
    throw wrong(`HERON_UPDATE_KEY is no Ed25519 key: ${fault instanceof Error ? fault.message : fault}.`);
  }
  return { url, publicKey };
}

/** @param {string} what */
function wrong(what) {
  return new PreparationError(what, 'set both as .github/workflows/release.yml does, or neither.');
}
