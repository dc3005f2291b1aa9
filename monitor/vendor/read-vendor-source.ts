import { vendorSourceSchema, type VendorSource } from '../../domain/vendor/vendor-source';
import { readJsonFile } from '../base/read-json-file';

/** Reads and validates the description of a source. @throws RequestRefused */
export function readVendorSource(file: string): VendorSource {
  return readJsonFile(
    file,
    vendorSourceSchema,
    'Correct it and import again; docs/vendor-import.md has an example.',
  );
}
