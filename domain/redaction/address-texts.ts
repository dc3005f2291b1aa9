/** An address or identifier at a place of a text: its text there, and the canonical form that is the same for each way of writing it. */
export interface FoundAddress {
  kind: 'ipv4' | 'ipv6' | 'mapped' | 'identifier';
  /** Length in characters, with its zone. */
  length: number;
  key: string;
}

const ipv4 = /\d{1,3}(?:\.\d{1,3}){3}(?![\p{L}\p{N}_]|\.\d)/uy;
const hexRun = /[0-9a-f:]*:[0-9a-f:.]*(?:%[^\s\]/,;()]+)?/iy;
const hardware =
  /(?:[0-9a-f]{2}(?:[:-][0-9a-f]{2}){5,}|[0-9a-f]{4}(?:[.-][0-9a-f]{4}){2,})(?![\p{L}\p{N}_:])/iuy;
const identifier =
  /(?:0x[0-9a-f]{4,}|[0-9a-f]{8,}|[0-9a-f]{2}(?: [0-9a-f]{2}){5,}|\d+(?:\.\d+){4,})(?![\p{L}\p{N}_])/iuy;

/** The address, MAC address, OID, engine id or long number that begins at `at`; null: none does. */
export function addressAt(text: string, at: number): FoundAddress | null {
  const four = matchAt(ipv4, text, at);
  if (four !== null) return { kind: 'ipv4', length: four.length, key: four.split('.').map(Number).join('.') };
  const hard = matchAt(hardware, text, at);
  const run = matchAt(hexRun, text, at);
  const six = run === null ? null : sixAt(run, text[at + run.length]);
  if (six !== null) return six;
  const other = hard ?? matchAt(identifier, text, at);
  if (other === null) return null;
  const plain = other.toLowerCase().replace(/^0x/, '');
  const key = /^\d+(\.\d+){4,}$/.test(plain) ? plain : plain.replaceAll(/[^0-9a-f]/g, '');
  return { kind: 'identifier', length: other.length, key };
}

function sixAt(run: string, next: string | undefined): FoundAddress | null {
  if (next !== undefined && /[\p{L}\p{N}_]/u.test(next)) return null;
  // What ends the sentence is no part of it.
  let whole = run.replace(/\.+$/, '');
  if (/[^:]:$/.test(whole)) whole = whole.slice(0, -1);
  const groups = groupsOf(whole.replace(/%.*$/, '').toLowerCase());
  if (groups === null) return null;
  const mapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  if (!mapped)
    return { kind: 'ipv6', length: whole.length, key: groups.map((group) => group.toString(16)).join(':') };
  const octets = groups.slice(6).flatMap((group) => [group >> 8, group & 0xff]);
  return { kind: 'mapped', length: whole.length, key: octets.join('.') };
}

/** The eight groups of an IPv6 address in any form of RFC 4291 section 2.2; null: it is none, a time of day for example. */
function groupsOf(text: string): number[] | null {
  const dotted = /^(.*:)(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  if (dotted) {
    const [a = 0, b = 0, c = 0, d = 0] = dotted.slice(2).map(Number);
    if (Math.max(a, b, c, d) > 255) return null;
    return groupsOf(`${dotted[1] ?? ''}${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`);
  }
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const [head = [], tail = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  if (![...head, ...tail].every((group) => /^[0-9a-f]{1,4}$/.test(group))) return null;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 0) return null;
  const filled = [...head, ...Array.from({ length: missing }, () => '0'), ...tail];
  return filled.map((group) => Number.parseInt(group, 16));
}

/** The match of a sticky pattern at a place. */
export function matchAt(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}
