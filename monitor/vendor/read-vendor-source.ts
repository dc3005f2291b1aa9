import { z } from 'zod';
import { RequestRefused } from '../../domain/contract/request-refused';
import { vendorSourceSchema, type VendorSource } from '../../domain/vendor/vendor-source';
import { readSmallFile } from '../base/read-small-file';
import { asJson } from './access-token';

/** Reads and validates the description of a source. @throws RequestRefused */
export function readVendorSource(file: string): VendorSource {
  const text = contentOf(file);
  const value = asJson(text);
  if (value === undefined)
    throw refused(file, 'It is not JSON.', [], 'Correct it, or see docs/vendor-import.md for an example.');
  const parsed = vendorSourceSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(
    ({ path, message }) => `${z.core.toDotPath(path) || 'the whole file'}: ${message}`,
  );
  throw refused(file, 'It has errors.', faults.slice(0, 20), 'Correct them and import again.');
}

function contentOf(file: string): string {
  let text: string | null;
  try {
    text = readSmallFile(file);
  } catch (fault) {
    const words = fault instanceof Error ? fault.message : String(fault);
    throw refused(file, `It cannot be read: ${words}`, [], 'Check the file.');
  }
  if (text === null) throw refused(file, 'There is no such file.', [], 'Check the name.');
  return text;
}

function refused(where: string, what: string, faults: string[], todo: string): RequestRefused {
  return new RequestRefused({ what, where, todo, ...(faults.length > 0 ? { faults } : {}) });
}
