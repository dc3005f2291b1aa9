import { log } from './log';

/** Each place logs again so often at most: packets of an attacker must not fill the log. */
const logAgainMs = 600_000;

interface Place {
  count: number;
  loggedMs: number;
}
const places = new Map<string, Place>();

/**
 * A callback of a socket or timer that never throws: an error in it is counted and logged, and the process goes on. Without this, one
 * packet that meets a fault in Heron would end the monitoring.
 *
 * @param where names the callback in the log
 * @param onFault is called for each error as well; must not throw
 */
export function guarded<Args extends unknown[]>(
  where: string,
  callback: (...args: Args) => void,
  onFault: () => void = () => undefined,
): (...args: Args) => void {
  return (...args) => {
    try {
      callback(...args);
    } catch (fault) {
      countFault(where, fault);
      onFault();
    }
  };
}

/** How many errors guarded callbacks had in this process, by place. */
export function guardedFaults(): Record<string, number> {
  return Object.fromEntries([...places].map(([where, { count: faults }]) => [where, faults]));
}

/** Counts an error in Heron that ended nothing, and logs it unless this place did so a short time ago. */
export function countFault(where: string, fault: unknown): void {
  const nowMs = performance.now();
  const place = places.get(where) ?? { count: 0, loggedMs: -Infinity };
  places.set(where, place);
  place.count += 1;
  if (nowMs - place.loggedMs < logAgainMs) return;
  place.loggedMs = nowMs;
  log.error(`An error in ${where}, number ${place.count} since the start; Heron goes on:`, fault);
}
