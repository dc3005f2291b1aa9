import type { ReportLogo } from './report-summary';

/** A logo is part of every copy of the report. */
export const mostLogoBytes = 512 * 1024;

const signatures: [ReportLogo['type'], readonly number[]][] = [
  ['image/png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['image/jpeg', [0xff, 0xd8, 0xff]],
];

/** What kind of picture a file is, by its first bytes; null: neither PNG nor JPEG, or too large for a logo. */
export function logoType(bytes: Uint8Array): ReportLogo['type'] | null {
  if (bytes.length > mostLogoBytes) return null;
  const found = signatures.find(([, signature]) => signature.every((byte, index) => bytes[index] === byte));
  return found?.[0] ?? null;
}
