import { renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** What an edge tells in the vendor's objects; a namespace has no cloud connection or processor of its own. */
export interface VendorValues {
  /** 3: connected to the Central Authority; 4: edge down. */
  caConnectivity: number;
  /** 4 and 5: connected to logging; 7: closed. */
  loggingConnectivity: number;
  /** Hundredths of a percent, as the vendor counts. */
  cpuHundredths: number;
  swapHundredths: number;
}

export const healthyVendorValues: VendorValues = {
  caConnectivity: 3,
  loggingConnectivity: 4,
  cpuHundredths: 1250,
  swapHundredths: 100,
};

/** Replaces the values at once: an agent that reads them meanwhile gets the old or the new. */
export function writeVendorValues(edgeFolder: string, values: VendorValues): void {
  const file = path.join(edgeFolder, 'vendor.json');
  writeFileSync(`${file}.new`, JSON.stringify(values), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
