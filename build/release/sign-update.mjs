import { createHash, createPrivateKey, sign } from 'node:crypto';
import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * What an installed Heron reads to learn of a version: the checksums of its files, signed (monitor/updates/update-manifest.ts).
 * @param {object} release
 * @param {string} release.folder with the packages
 * @param {string} release.version
 * @param {string} release.releasedAt ISO 8601, UTC
 * @param {string | null} release.page where it is described
 * @param {string} release.privateKey Ed25519, PEM
 * @returns {{ text: string, signature: string }} the manifest, and its signature in base64
 */
export function signedUpdate({ folder, version, releasedAt, page, privateKey }) {
  const names = readdirSync(folder).filter((name) =>
    /^heron-.*\.(?:AppImage|exe|zip|dmg|deb|rpm|tar\.gz)$/.test(name),
  );
  if (names.length === 0) throw new Error(`${folder} holds no packages.`);
  const files = names.sort().map((name) => {
    const content = readFileSync(path.join(folder, name));
    const sha512 = createHash('sha512').update(content).digest('base64');
    return [name, { sha512, sizeBytes: statSync(path.join(folder, name)).size }];
  });
  const text = `${JSON.stringify({ version, releasedAt, page, files: Object.fromEntries(files) }, null, 2)}\n`;
  const key = createPrivateKey(privateKey);
  if (key.asymmetricKeyType !== 'ed25519') throw new Error('HERON_UPDATE_SIGNING_KEY is no Ed25519 key.');
  return { text, signature: `${sign(null, Buffer.from(text), key).toString('base64')}\n` };
}

/** `node build/release/sign-update.mjs FOLDER VERSION PAGE`; the key is in HERON_UPDATE_SIGNING_KEY. */
function main() {
  const [folder = '', version = '', page = null] = process.argv.slice(2);
  const { text, signature } = signedUpdate({
    folder,
    version,
    page,
    releasedAt: new Date().toISOString(),
    privateKey: process.env.HERON_UPDATE_SIGNING_KEY ?? '',
  });
  const name = version.includes('-') ? 'heron-update-beta.json' : 'heron-update.json';
  writeFileSync(path.join(folder, name), text);
  writeFileSync(path.join(folder, `${name}.sig`), signature);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) main();
