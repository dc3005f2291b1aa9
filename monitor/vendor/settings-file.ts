import { existsSync } from 'node:fs';
import { vendorSettingsSchema, type VendorSettings } from '../../domain/vendor/vendor-settings';
import { readJsonFile } from '../base/read-json-file';
import { writeFileDurablySync } from '../base/write-file';

/** The app's settings of the vendor's source; null: none are stored. @throws RequestRefused when they cannot be read */
export function readVendorSettings(file: string): VendorSettings | null {
  if (!existsSync(file)) return null;
  return readJsonFile(file, vendorSettingsSchema, 'Move it away and set up the source again.');
}

export function writeVendorSettings(file: string, settings: VendorSettings): void {
  writeFileDurablySync(file, JSON.stringify(settings, null, 2), { replace: true });
}
