import { X509Certificate } from 'node:crypto';
import { readSmallFile } from './read-small-file';

/**
 * The certificates (PEM) of a file that names an authority. Throws an Error in words, without a full stop: Node takes any text as an authority,
 * and then trusts nothing by it.
 */
export function readAuthority(file: string): string {
  const text = read(file);
  if (text === null) throw new Error('there is no such file');
  try {
    // Text before the first certificate is allowed, as openssl writes it.
    new X509Certificate(text.slice(Math.max(0, text.indexOf('-----BEGIN CERTIFICATE-----'))));
  } catch {
    throw new Error('it holds no certificate in the PEM format');
  }
  return text;
}

function read(file: string): string | null {
  try {
    return readSmallFile(file);
  } catch (fault) {
    const code = fault instanceof Error && 'code' in fault ? String(fault.code) : null;
    throw new Error(
      code === null ? 'it is no plain file, or larger than 4 MB' : `reading it failed (${code})`,
      {
        cause: fault,
      },
    );
  }
}
