import { readFileSync, statSync } from 'node:fs';
import { logoType, mostLogoBytes } from '../../domain/report/report-logo';
import type { ReportLogo } from '../../domain/report/report-summary';
import { UsageError } from '../common/command-line';

/** The picture that a report of `heron audit report --logo FILE` has. @throws UsageError when it can have none of this file */
export function logoOf(file: string): ReportLogo {
  const todo = `name a PNG or JPEG file of at most ${mostLogoBytes / 1024} KiB.`;
  const status = statSync(file, { throwIfNoEntry: false });
  if (!status?.isFile() || status.size > mostLogoBytes) throw new UsageError(`--logo ${file}: ${todo}`);
  const bytes = readFileSync(file);
  const type = logoType(bytes);
  if (type === null) throw new UsageError(`--logo ${file}: ${todo}`);
  return { type, base64: bytes.toString('base64') };
}
