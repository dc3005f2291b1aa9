import type { UnreachableCode } from '../../domain/model/reading';

/** A failure as a stable code and an actionable sentence. */
export interface NetworkError {
  code: UnreachableCode;
  words: string;
}

const systemErrors: Readonly<Record<string, [UnreachableCode, (where: string) => string]>> = {
  EHOSTUNREACH: [
    'no-route',
    (where) => `no route to ${where}: the host or its network cannot be reached from here`,
  ],
  ENETUNREACH: ['no-route', (where) => `no route to ${where}: this machine has no way into that network`],
  EHOSTDOWN: ['no-route', (where) => `no route to ${where}: the host is down`],
  EADDRNOTAVAIL: ['no-route', (where) => `${where} cannot be reached from this machine's addresses`],
  EINVAL: ['no-route', (where) => `${where} cannot be reached from this machine's addresses`],
  ENETDOWN: ['own-network', () => "this machine's own network is down"],
  EPERM: ['own-network', (where) => `a firewall on this machine does not let packets out to ${where}`],
  EACCES: ['own-network', (where) => `this machine does not allow packets to ${where}`],
  EMFILE: ['own-network', () => 'this machine has no file descriptor left for a socket'],
  ENOBUFS: ['own-network', () => "this machine's network buffers are full"],
};

/** What an error code of the operating system means for a request to `where`; null for codes with other meanings. */
export function networkError(systemCode: string, where: string): NetworkError | null {
  const known = systemErrors[systemCode];
  return known ? { code: known[0], words: known[1](where) } : null;
}

/** How long was waited, in few digits, so that the words of a repeated failure stay the same: "2 s", "0.4 s". */
export function formatWait(ms: number): string {
  const seconds = ms / 1000;
  return `${seconds >= 1 ? Math.round(seconds * 10) / 10 : Math.max(0.01, Math.round(seconds * 100) / 100)} s`;
}
