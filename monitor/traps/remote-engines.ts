import { timeWindowSeconds } from './local-engine';

/** What is known of an engine's clock now. */
export interface EngineNotion {
  engineId: Buffer;
  boots: number;
  time: number;
}

/**
 * How an authentic message's time compares with its engine's known clock: `timely` is inside the time window, `first` comes from
 * an engine whose clock was unknown, `late` is outside: a replay, or an engine whose clock was set back.
 */
export type Timeliness = 'timely' | 'first' | 'late';

interface Known {
  boots: number;
  time: number;
  atMonotonicMs: number;
}

const maxEngines = 20_000;
/** Digests per sender in which a repeated message is recognised. */
const maxDigests = 32;
const maxBoots = 2 ** 31 - 1;

/**
 * The clocks of the engines that send traps, which are authoritative for them (RFC 3414 section 3.2 step 7b). Only authentic
 * messages may be passed to it.
 */
export class RemoteEngines {
  private readonly engines = new Map<string, Known>();
  private readonly digests = new Map<string, string[]>();

  /** Judges an authentic message and follows its clock. `polled`: what polling knows of this engine's clock. */
  judge(
    message: { engineId: Buffer; boots: number; time: number },
    polled: EngineNotion | null,
    monotonicMs: number,
  ): Timeliness {
    const key = message.engineId.toString('hex');
    const known = this.engines.get(key);
    const notion = later(known && advanced(known, monotonicMs), polled);
    if (notion) {
      if (notion.boots === maxBoots || message.boots < notion.boots) return 'late';
      if (message.boots === notion.boots && message.time < notion.time - timeWindowSeconds) return 'late';
    }
    const ahead =
      !known || message.boots > known.boots || (message.boots === known.boots && message.time > known.time);
    if (ahead) {
      this.engines.delete(key);
      const { boots, time } = message;
      this.engines.set(key, { boots, time, atMonotonicMs: monotonicMs });
      if (this.engines.size > maxEngines) dropOldest(this.engines);
    }
    return notion ? 'timely' : 'first';
  }

  /** Whether the same message came before: a duplicated packet, a repeated inform, or a replay. */
  isRepeated(sender: string, digest: Buffer): boolean {
    const digests = this.digests.get(sender) ?? [];
    const text = digest.toString('latin1');
    if (digests.includes(text)) return true;
    digests.push(text);
    if (digests.length > maxDigests) digests.shift();
    this.digests.delete(sender);
    this.digests.set(sender, digests);
    if (this.digests.size > maxEngines) dropOldest(this.digests);
    return false;
  }
}

function dropOldest(map: Map<string, unknown>): void {
  const [oldest] = map.keys();
  if (oldest !== undefined) map.delete(oldest);
}

function advanced({ boots, time, atMonotonicMs }: Known, monotonicMs: number) {
  return { boots, time: time + Math.floor((monotonicMs - atMonotonicMs) / 1000) };
}

function later<T extends { boots: number; time: number }, U extends { boots: number; time: number }>(
  a: T | undefined,
  b: U | null,
): T | U | null {
  if (!a || !b) return a ?? b;
  return a.boots > b.boots || (a.boots === b.boots && a.time >= b.time) ? a : b;
}
