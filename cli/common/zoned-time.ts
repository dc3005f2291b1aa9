import { momentsOf, zonedIso } from '../../domain/calendar/zone';
import { UsageError } from './command-line';
import { utcTime } from './utc-time';

/**
 * Parses a time as the clocks of a zone show it, or in UTC where it ends in Z or `zone` is null; UTC milliseconds. @throws UsageError,
 * also for a time that a clock change skips or repeats.
 */
export function zonedTime(option: string, text: string, zone: string | null): number {
  const localMs = utcTime(option, text);
  if (zone === null || text.trim().endsWith('Z')) return localMs;
  const [first, second] = momentsOf(zone, localMs);
  if (first !== undefined && second === undefined) return first;
  const words = `--${option} ${JSON.stringify(text)}`;
  if (first === undefined || second === undefined)
    throw new UsageError(`${words} does not exist in ${zone}: the clocks were put forward over it.`);
  const utc = [first, second].map((ms) => new Date(ms).toISOString().replace('.000Z', 'Z'));
  throw new UsageError(
    `${words} exists twice in ${zone}, since the clocks were put back. Write ${utc.join(' or ')} (${zonedIso(first, zone).slice(-6)} or ${zonedIso(second, zone).slice(-6)}).`,
  );
}
