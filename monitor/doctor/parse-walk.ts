import { asnType, compareOids, type Varbind } from '../snmp/codec/varbind';

/** Largest walk that is read, and the most rows of it. */
export const maxWalkBytes = 16 * 1024 * 1024;
const maxRows = 200_000;

/** Rows of `snmpwalk -On` output by OID, in the order of OIDs. Lines that cannot be read are counted; kinds of values that Heron never asks for are left out. */
export function parseWalk(text: string): { rows: Map<string, Varbind>; unreadable: number } {
  const found: Varbind[] = [];
  let unreadable = 0;
  // A value with line ends goes on until the next line that begins with an OID.
  for (const entry of text.split(/\n(?=\.1\.)/)) {
    const match = /^\.(\d{1,10}(?:\.\d{1,10}){1,127}) = (.*)$/s.exec(entry.trimEnd());
    if (!match?.[1]) {
      if (/^\.1\./.test(entry)) unreadable += 1;
      continue;
    }
    if (/^No (?:more|Such)/.test(match[2] ?? '')) continue;
    if (/^(?:Opaque|BITS|Network Address):/.test(match[2] ?? '')) continue;
    const value = valueOf(match[2] ?? '');
    if (value === null) unreadable += 1;
    else found.push({ oid: match[1], ...value });
    if (found.length >= maxRows) break;
  }
  found.sort((a, b) => compareOids(a.oid, b.oid));
  return { rows: new Map(found.map((row) => [row.oid, row])), unreadable };
}

function valueOf(text: string): { type: number; value: unknown } | null {
  if (text === '""') return { type: asnType.octetString, value: Buffer.alloc(0) };
  const [, kind = '', rest = ''] = /^([A-Za-z0-9-]+): ?(.*)$/s.exec(text) ?? [];
  const number = Number(/-?\d+/.exec(rest)?.[0]);
  const numeric = (type: number) => (Number.isSafeInteger(number) ? { type, value: number } : null);
  switch (kind) {
    case 'INTEGER':
      return numeric(asnType.integer);
    case 'Counter32':
      return numeric(asnType.counter32);
    case 'Gauge32':
      return numeric(asnType.gauge32);
    case 'Timeticks': {
      const ticks = Number(/\((\d{1,10})\)/.exec(rest)?.[1]);
      return Number.isInteger(ticks) ? { type: asnType.timeTicks, value: ticks } : null;
    }
    case 'Counter64':
      return /^\d{1,20}$/.test(rest) ? { type: asnType.counter64, value: counterBytes(BigInt(rest)) } : null;
    case 'STRING':
      return { type: asnType.octetString, value: Buffer.from(unquoted(rest)) };
    case 'Hex-STRING':
      return { type: asnType.octetString, value: Buffer.from(rest.replaceAll(/\s/g, ''), 'hex') };
    case 'OID':
      return { type: asnType.oid, value: rest.replace(/^\./, '') };
    case 'IpAddress':
      return { type: asnType.ipAddress, value: rest };
    default:
      return null;
  }
}

function unquoted(text: string): string {
  return text.replaceAll(/^"|"$/g, '').replaceAll(/\\(.)/g, '$1');
}

/** A Counter64 as the codec has it: the shortest two's complement octets. */
function counterBytes(counter: bigint): Buffer {
  const digits = counter.toString(16);
  const bytes = Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, 'hex');
  return (bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.alloc(1), bytes]) : bytes;
}
