import { lookup as systemLookup, promises as dns, type RecordWithTtl } from 'node:dns';
import { canonicalAddress } from '../../domain/inventory/host-address';
import { Semaphore } from '../base/semaphore';
import { addressesInHostsFile } from './hosts-file';

/** The addresses of a name, IPv4 first, and for how long they hold where a name server says so; or why there are none, as the end of a sentence. */
export type LookUpResult = { addresses: string[]; ttlMs?: number } | { words: string };

/** Looks a name up. Never rejects; settles soon after `signal` aborts. */
export type LookUp = (name: string, signal: AbortSignal) => Promise<LookUpResult>;

const timeoutMs = 1_500;
const tries = 2;
/** A name server that does not answer for IPv6 must not delay IPv4 for longer than this. */
const otherFamilyMs = 300;
/** getaddrinfo occupies a thread of the few that Node also reads files with. */
const systemLookUps = new Semaphore(1);

const noServer = 'no name server answers';
const noAddress = 'the name server knows no address for it';

/**
 * Looks a name up in the hosts file, then at the name servers. The system's own resolver (mDNS, search domains) is asked last, and not
 * while no name server answers: it cannot be interrupted, would hold a thread for many seconds, and the end of the process with it.
 * `servers` replaces the system's name servers.
 */
export function nameLookUp(servers: readonly string[] | null = null): LookUp {
  return async (name, signal) => {
    const inFile = await addressesInHostsFile(name);
    if (inFile.length > 0) return { addresses: inFile };
    if (/^(.+\.)?localhost\.?$/i.test(name)) return { addresses: ['127.0.0.1', '::1'] };
    const answer = await askServers(name, servers, signal);
    if ('addresses' in answer || answer.words === noServer || servers !== null || signal.aborted)
      return answer;
    const fromSystem = await askSystem(name, signal);
    return fromSystem.length > 0 ? { addresses: fromSystem } : answer;
  };
}

async function askServers(
  name: string,
  servers: readonly string[] | null,
  signal: AbortSignal,
): Promise<LookUpResult> {
  // A new one reads the system's name servers anew: a laptop changes networks.
  const resolver = new dns.Resolver({ timeout: timeoutMs, tries });
  if (servers) resolver.setServers(servers);
  const cancel = (): void => resolver.cancel();
  signal.addEventListener('abort', cancel);
  try {
    const first = settled(resolver.resolve4(name, { ttl: true }));
    const second = settled(resolver.resolve6(name, { ttl: true }));
    const v4 = await first;
    const v6 = 'addresses' in v4 ? await orNone(second) : await second;
    const found = [v4, v6].filter((result) => 'addresses' in result);
    if (found.length > 0) {
      const addresses = found.flatMap((result) => result.addresses);
      return { addresses, ttlMs: Math.min(...found.map(({ ttlMs = Infinity }) => ttlMs)) };
    }
    return 'words' in v4 && v4.words === noServer ? v6 : v4;
  } finally {
    signal.removeEventListener('abort', cancel);
    resolver.cancel();
  }
}

async function settled(query: Promise<RecordWithTtl[]>): Promise<LookUpResult> {
  try {
    const records = await query;
    const addresses = records.flatMap(({ address }) => canonicalAddress(address) ?? []);
    if (addresses.length === 0) return { words: noAddress };
    return { addresses, ttlMs: Math.min(...records.map(({ ttl }) => ttl)) * 1000 };
  } catch (fault) {
    const code = fault instanceof Error && 'code' in fault ? String(fault.code) : '';
    if (code === 'ENOTFOUND' || code === 'ENODATA') return { words: noAddress };
    if (code === 'ETIMEOUT' || code === 'ECANCELLED') return { words: noServer };
    return { words: `the name server could not be reached or refused (${code})` };
  }
}

async function orNone(result: Promise<LookUpResult>): Promise<LookUpResult> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<LookUpResult>((resolve) => {
    timer = setTimeout(() => resolve({ words: noServer }), otherFamilyMs);
  });
  const found = await Promise.race([result, late]);
  clearTimeout(timer);
  return found;
}

async function askSystem(name: string, signal: AbortSignal): Promise<string[]> {
  const release = await systemLookUps.acquire(signal).catch(() => null);
  if (!release) return [];
  return new Promise((resolve) => {
    systemLookup(name, { all: true, verbatim: false }, (fault, found) => {
      release();
      resolve(fault ? [] : found.flatMap(({ address }) => canonicalAddress(address) ?? []));
    });
  });
}
