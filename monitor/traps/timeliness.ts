import { maxEngineBoots, timeWindowSeconds, type EngineNotion } from '../snmp/client/engine-clock';

/**
 * How an authentic trap's time compares with the clock that polling read from its engine. `timely`: inside the time window.
 * `unproven`: no answer to a request of Heron's own proves this clock, or the trap is ahead of it; it may be a replay. `late`: behind
 * the clock, as a replay is, and as a trap is whose engine's clock was set back since the last poll.
 */
export type Timeliness = 'timely' | 'unproven' | 'late';

/**
 * Judges an authentic trap by the clock of its engine. Only polling moves that clock: a replayed trap can neither start it nor
 * set it forward, and an engine that restarts with lower boots is followed as soon as it answers a poll (RFC 3414 section 3.2
 * step 7b lets traps move it).
 */
export function timelinessOf(
  message: { boots: number; time: number },
  polled: EngineNotion | null,
): Timeliness {
  if (!polled?.isAuthentic || polled.boots === maxEngineBoots) return 'unproven';
  if (message.boots !== polled.boots) return message.boots < polled.boots ? 'late' : 'unproven';
  if (message.time < polled.time - timeWindowSeconds) return 'late';
  return message.time > polled.time + timeWindowSeconds ? 'unproven' : 'timely';
}
