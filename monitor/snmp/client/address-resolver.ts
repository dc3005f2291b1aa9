import { lookup } from 'node:dns';
import { isIP } from 'node:net';

/** How long a name's address is cached, and a failed look-up. */
const cachedMs = 60_000;
const failedMs = 5_000;

interface Entry {
  untilMs: number;
  address: Promise<string | null>;
}

/** Resolves names, each at most once a minute and never per packet. */
export class AddressResolver {
  private readonly known = new Map<string, Entry>();

  /** The address of a host name, or the address itself; null when the name has none or none came in `timeoutMs`. */
  async resolve(host: string, timeoutMs: number): Promise<string | null> {
    if (isIP(host) !== 0) return host;
    const entry = this.known.get(host);
    const address = entry && entry.untilMs > performance.now() ? entry.address : this.lookUp(host);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<null>((resolve) => {
      timer = setTimeout(() => resolve(null), timeoutMs);
    });
    const found = await Promise.race([address, late]);
    clearTimeout(timer);
    return found;
  }

  private lookUp(host: string): Promise<string | null> {
    const entry: Entry = {
      untilMs: performance.now() + cachedMs,
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
