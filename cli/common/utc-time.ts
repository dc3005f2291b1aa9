import { UsageError } from './command-line';

const shape = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?)?Z?$/;

/** Parses a time in UTC, milliseconds: `2026-11-22`, `2026-11-22T14:02`, `2026-11-22 14:02:13.4`. @throws UsageError */
export function utcTime(option: string, text: string): number {
  const trimmed = text.trim();
  const iso = trimmed.replace(' ', 'T').replace(/Z$/, '');
  const ms = shape.test(trimmed) ? Date.parse(iso.includes('T') ? `${iso}Z` : `${iso}T00:00Z`) : NaN;
  if (Number.isFinite(ms) && ms >= 0) return ms;
  throw new UsageError(
    `--${option} ${JSON.stringify(text)} is not a UTC time such as 2026-11-22T14:00 or "2026-11-22 14:02:13".`,
  );
}
