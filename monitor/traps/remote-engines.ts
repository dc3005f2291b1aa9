import { timeWindowSeconds } from './local-engine';

/** What is believed of an engine's clock now. */
export interface EngineNotion {
  engineId: Buffer;
  boots: number;
  time: number;
}

/**
 * What an authentic message says of its engine's clock: `timely` is inside the window of what was known, `first` comes from
 * an engine of which nothing was known, `late` is outside: a replay, or an engine whose clock was set back.
 */
export type Timeliness = 'timely' | 'first' | 'late';

interface Known {
  boots: number;
  time: number;
  atMonotonicMs: number;
}

const mostEngines = 20_000;
/** A message is known again among so many of its sender's latest. */
const rememberedDigests = 32;
const mostBoots = 2 ** 31 - 1;

/**
 * The clocks of the engines that send traps: they are authoritative for them, Heron follows (RFC 3414 section 3.2 step 7b).
 * Only authentic messages may be told to it.
 */
export class RemoteEngines {
  private readonly engines = new Map<string, Known>();
  private readonly digests = new Map<string, string[]>();

  /** Judges an authentic message and learns from it. `polled`: what polling knows of this engine's clock. */
  judge(
    message: { engineId: Buffer; boots: number; time: number },
    polled: EngineNotion | null,
    monotonicMs: number,
  ): Timeliness {
    const key = message.engineId.toString('hex');
    const own = this.engines.get(key);
    const notion = later(own && advanced(own, monotonicMs), polled);
    if (notion) {
      if (notion.boots === mostBoots || message.boots < notion.boots) return 'late';
      if (message.boots === notion.boots && message.time < notion.time - timeWindowSeconds) return 'late';
    }
    const ahead =
      !own || message.boots > own.boots || (message.boots === own.boots && message.time > own.time);
    if (ahead) {
      this.engines.delete(key);
      const { boots, time } = message;
      this.engines.set(key, { boots, time, atMonotonicMs: monotonicMs });
      if (this.engines.size > mostEngines) forgetOldest(this.engines);
    }
    return notion ? 'timely' : 'first';
  }

  /** Whether this very message came before: a network that doubles packets, a repeated inform, or a replay. */
  isRepeated(sender: string, digest: Buffer): boolean {
    const digests = this.digests.get(sender) ?? [];
    const text = digest.toString('latin1');
    if (digests.includes(text)) return true;
    digests.push(text);
    if (digests.length > rememberedDigests) digests.shift();
    this.digests.delete(sender);
    this.digests.set(sender, digests);
    if (this.digests.size > mostEngines) forgetOldest(this.digests);
    return false;
  }
}

function forgetOldest(map: Map<string, unknown>): void {
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
