import { canonicalAddress } from '../../domain/inventory/host-address';
import { systemClock, type Clock } from '../base/clock';
import { Semaphore } from '../base/semaphore';
import { nameLookUp, type LookUp } from './look-up';

/** What is known of a host's addresses. Times are UTC milliseconds; `words` end a sentence. */
export type HostAddresses =
  /** `failing`: the last look-ups failed, so these are the last known ones. */
  | { addresses: readonly string[]; failing: { sinceMs: number; words: string } | null }
  /** It never had an address: being looked up (`words` null), or the look-ups failed. */
  | { addresses: null; sinceMs: number; words: string | null };

/** How soon a name is looked up again: as its time to live says, within these bounds; and after a look-up that failed. */
const minFreshMs = 10_000;
const maxFreshMs = 60_000;
const retryMs = 5_000;
/** One lost packet to a name server is no failure of the name. */
const failuresToReport = 2;
/** A first poll waits for its name at most this long. */
const firstWaitMs = 500;
const maxLookUps = 64;

interface Entry {
  addresses: readonly string[] | null;
  failures: number;
  sinceMs: number;
  words: string | null;
  /** Monotonic. */
  dueMs: number;
  startedMs: number;
  lookUp: Promise<void> | null;
}

/**
 * The addresses of host names. Names are looked up in the background and side by side; whoever asks gets what is known now, so that a
 * name server that does not answer delays nothing. A name's last known addresses are kept while its look-ups fail.
 */
export class AddressResolver {
  private readonly entries = new Map<string, Entry>();
  private readonly listeners = new Set<() => void>();
  private readonly ended = new AbortController();
  private readonly places = new Semaphore(maxLookUps);

  constructor(
    private readonly lookUp: LookUp = nameLookUp(),
    private readonly clock: Clock = systemClock,
  ) {}

  /** What is known of a host now. A look-up that is due starts. */
  known(host: string): HostAddresses {
    const address = canonicalAddress(host);
    if (address !== null) return { addresses: [address], failing: null };
    const entry = this.entryOf(host);
    const { addresses, failures, sinceMs, words } = entry;
    if (addresses === null) return { addresses, sinceMs, words };
    const failing = failures >= failuresToReport ? { sinceMs, words: words ?? '' } : null;
    return { addresses, failing };
  }

  /** The same; a name that is looked up for the first time is waited for, up to `maxWaitMs`, unless others wait longer already. */
  async first(host: string, maxWaitMs = firstWaitMs): Promise<HostAddresses> {
    const now = this.known(host);
    const pending = now.addresses === null && now.words === null ? this.entries.get(host)?.lookUp : null;
    if (!pending || this.isSlow(maxWaitMs)) return now;
    let cancel: (() => void) | undefined;
    const late = new Promise<void>((resolve) => {
      cancel = this.clock.after(maxWaitMs, resolve);
    });
    await Promise.race([pending, late]);
    cancel?.();
    return this.known(host);
  }

  /** What was found does not answer: the name is looked up again soon, because it may have moved. */
  doubt(host: string): void {
    const entry = this.entries.get(host);
    if (entry) entry.dueMs = Math.min(entry.dueMs, entry.startedMs + retryMs);
  }

  /** Calls `listener` when a name's addresses changed. The returned function unsubscribes. */
  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Cancels what is being looked up. */
  close(): void {
    this.ended.abort();
  }

  private isSlow(waitMs: number): boolean {
    const nowMs = this.clock.monotonicMs();
    for (const { lookUp, startedMs } of this.entries.values())
      if (lookUp && nowMs - startedMs >= waitMs) return true;
    return false;
  }

  private entryOf(host: string): Entry {
    const nowMs = this.clock.monotonicMs();
    const entry = this.entries.get(host) ?? {
      addresses: null,
      failures: 0,
      sinceMs: this.clock.nowMs(),
      words: null,
      dueMs: nowMs,
      startedMs: nowMs,
      lookUp: null,
    };
    this.entries.set(host, entry);
    if (!entry.lookUp && nowMs >= entry.dueMs && !this.ended.signal.aborted) {
      entry.startedMs = nowMs;
      entry.lookUp = this.refresh(host, entry).finally(() => (entry.lookUp = null));
    }
    return entry;
  }

  private async refresh(host: string, entry: Entry): Promise<void> {
    const { signal } = this.ended;
    const release = await this.places.acquire(signal).catch(() => null);
    if (!release) return;
    const startedAtMs = this.clock.nowMs();
    const result = await this.lookUp(host, signal);
    release();
    if (signal.aborted) return;
    if ('addresses' in result) {
      const changed = !haveSame(result.addresses, entry.addresses ?? []);
      Object.assign(entry, { failures: 0, words: null });
      const freshMs = Math.min(maxFreshMs, Math.max(minFreshMs, result.ttlMs ?? maxFreshMs));
      entry.dueMs = this.clock.monotonicMs() + freshMs;
      // Name servers rotate the order, which means nothing.
      if (!changed) return;
      entry.addresses = result.addresses;
      for (const listener of this.listeners) listener();
      return;
    }
    if (entry.failures === 0) entry.sinceMs = startedAtMs;
    entry.failures += 1;
    entry.words = result.words;
    entry.dueMs = this.clock.monotonicMs() + retryMs;
  }
}

function haveSame(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((one) => others.includes(one));
}
