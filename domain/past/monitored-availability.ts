import type { Availability } from '../model/history';

/** Availability of the time in which Heron monitored: without the gaps, which the availability over the whole range counts as unknown. */
export interface MonitoredAvailability {
  /** The monitored time that counts, in milliseconds. */
  ms: number;
  /** Bounds, 0..1; null where no time counts. */
  worst: number | null;
  best: number | null;
}

export function monitoredAvailability({
  availableMs,
  unavailableMs,
  unknownMs,
  unmonitoredMs,
}: Pick<
  Availability,
  'availableMs' | 'unavailableMs' | 'unknownMs' | 'unmonitoredMs'
>): MonitoredAvailability {
  const seenUnknownMs = unknownMs - unmonitoredMs;
  const ms = availableMs + unavailableMs + seenUnknownMs;
  const part = (value: number): number | null => (ms > 0 ? value / ms : null);
  return { ms, worst: part(availableMs), best: part(availableMs + seenUnknownMs) };
}
