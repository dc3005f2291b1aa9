import { decodeHundredthsPercent, decodeInteger } from '../codec/varbind';
import { firstRow, firstText, largestRow } from './decodings';
import type { DeviceModule } from './device-module';

/** The vendor's Virtual Service Edge: enterprise 46262. Columns carry an index suffix on a real agent. */
export const vendorEdge: DeviceModule = {
  name: 'vendor-edge',
  scalars: [
    {
      field: 'caConnectivity',
      bases: ['1.3.6.1.4.1.46262.9.2.1.5'],
      asked: 'every-poll',
      decode: firstRow((row) => decodeInteger(row, 0, 255)),
    },
    {
      field: 'loggingConnectivity',
      bases: ['1.3.6.1.4.1.46262.9.2.1.6'],
      asked: 'every-poll',
      decode: firstRow((row) => decodeInteger(row, 0, 255)),
    },
    // vseName's own number is not published: it is the text in VSE-MIB.
    { field: 'reportedName', bases: ['1.3.6.1.4.1.46262.9.2'], asked: 'once', decode: firstText(255) },
    {
      field: 'cpuPercent',
      bases: ['1.3.6.1.4.1.46262.4.2.1.12.1'],
      asked: 'every-poll',
      decode: largestRow(decodeHundredthsPercent),
    },
    {
      field: 'swapPercent',
      bases: ['1.3.6.1.4.1.46262.6.2.1.11'],
      asked: 'every-poll',
      decode: largestRow(decodeHundredthsPercent),
    },
  ],
  watched: [],
  witnesses: [],
  interfaceOrder: ['management', 'proxy', 'loadBalancer'],
};
