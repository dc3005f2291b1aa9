import { readFileSync, statSync } from 'node:fs';
import { logoType, mostLogoBytes } from '../../domain/report/report-logo';
import type { ReportLogo } from '../../domain/report/report-summary';
import { UsageError } from '../common/command-line';

/** The picture that a report of `heron audit report --logo FILE` has. @throws UsageError when it can have none of this file */
export function logoOf(file: string): ReportLogo {
  const todo = `name a PNG or JPEG file of at most ${mostLogoBytes / 1024} KiB.`;
  const bytes = bytesOf(file);
  if (bytes === null) throw new UsageError(`--logo ${file}: ${todo}`);
  const type = logoType(bytes);
  if (type === null) throw new UsageError(`--logo ${file}: ${todo}`);
  return { type, base64: bytes.toString('base64') };
}

function bytesOf(file: string): Buffer | null {
  try {
    const status = statSync(file);
    return status.isFile() && status.size <= mostLogoBytes ? readFileSync(file) : null;
  } catch {
    // Absent, unreadable, or with a name that no file can have.
    return null;
  }
}
