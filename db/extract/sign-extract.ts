import Database from 'better-sqlite3';
import { extractText, isSignedBy } from '../chain/signed-text';
import { readManifest } from '../file/manifest';
import { HistoryError } from '../model/history-error';

/** A signature over the manifest of an incident file. */
export interface ExtractSignature {
  /** An Ed25519 public key, base64 of 32 bytes. */
  publicKey: string;
  signature: string;
}

/**
 * Enters the signature into an incident file that was just made, on disk when it returns. Throws a HistoryError when the file is no
 * incident file, is signed already, or the signature is not over its manifest.
 */
export function signExtract(file: string, { publicKey, signature }: ExtractSignature): void {
  const db = new Database(file, { fileMustExist: true });
  try {
    db.pragma('journal_mode = DELETE');
    db.pragma('synchronous = FULL');
    const manifest = readManifest(db);
    const sha256 = db.prepare<[], Buffer>('SELECT sha256 FROM extract').pluck().get();
    const text = manifest && sha256 ? extractText(manifest.historyId, sha256) : null;
    if (text === null || !isSignedBy(publicKey, text, signature))
      throw new HistoryError({
        code: 'bad-request',
        what: 'This signature is not one over the manifest of this file.',
        where: file,
        todo: 'Make the incident file again. It is complete, and not signed.',
      });
    db.prepare('INSERT INTO extract_signature (id, public_key, signature) VALUES (1, ?, ?)').run(
      publicKey,
      signature,
    );
  } finally {
    db.close();
  }
}
