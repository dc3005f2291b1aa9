import { lookup } from 'node:dns';
import { isIP } from 'node:net';

/** How long a name's address is kept, and how long a failed look-up is. */
const keptMs = 60_000;
const failedMs = 5_000;

interface Entry {
  untilMs: number;
  address: Promise<string | null>;
}

/** Names to addresses, each looked up once a minute at most and never per packet. */
export class AddressResolver {
  private readonly known = new Map<string, Entry>();

  /** The address of a host, itself if it is one; null when the name has none or none came in `timeoutMs`. */
  async resolve(host: string, timeoutMs: number): Promise<string | null> {
    if (isIP(host) !== 0) return host;
    const entry = this.known.get(host);
    const address = entry && entry.untilMs > performance.now() ? entry.address : this.look(host);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<null>((resolve) => {
      timer = setTimeout(() => resolve(null), timeoutMs);
    });
    const found = await Promise.race([address, late]);
    clearTimeout(timer);
    return found;
  }

  private look(host: string): Promise<string | null> {
    const entry: Entry = {
      untilMs: performance.now() + keptMs,
      address: new Promise((resolve) => {
        lookup(host, { verbatim: false }, (error, address) => {
          if (error) entry.untilMs = performance.now() + failedMs;
          resolve(error ? null : address);
        });
      }),
    };
    this.known.set(host, entry);
    return entry.address;
  }
}
