import ipaddr from 'ipaddr.js';

/** Private enterprise numbers (IANA) of agents that edges run. */
const enterprises: Readonly<Record<number, string>> = {
  9: 'Cisco',
  2021: 'UCD-SNMP',
  8072: 'net-snmp',
  12325: 'FreeBSD bsnmpd',
  30155: 'OpenBSD',
  46262: "the vendor's edge",
};

/** Stands at the end of an engine ID of which the rest is left out: it may hold an address. */
export const leftOutMark = '…';

/** What an snmpEngineID says, by SnmpEngineID's textual convention (RFC 3411 section 5). `hex`: its octets. */
export function engineIdWords(hex: string): string {
  const isRedacted = hex.endsWith(leftOutMark);
  const bytes = (hex.match(/[0-9a-f]{2}/gi) ?? []).map((pair) => Number.parseInt(pair, 16));
  if (bytes.length < 5 || bytes.length > 32) return `not of 5 to 32 octets, as RFC 3411 demands`;
  const [first = 0, second = 0, third = 0, fourth = 0, format = 0, ...rest] = bytes;
  const enterprise = ((first & 0x7f) << 24) | (second << 16) | (third << 8) | fourth;
  const maker = enterprises[enterprise] ?? `enterprise ${enterprise}`;
  if (isRedacted) return `of ${maker}; the rest is left out`;
  if ((first & 0x80) === 0) return `of ${maker}, in the form of SNMPv1`;
  return `of ${maker}, ${formatWords(format, rest, enterprise)}`;
}

function formatWords(format: number, rest: number[], enterprise: number): string {
  if ((format === 1 && rest.length === 4) || (format === 2 && rest.length === 16))
    return `made from the address ${ipaddr.fromByteArray(rest).toString()}`;
  if (format === 3 && rest.length === 6)
    return `made from the MAC address ${rest.map((octet) => octet.toString(16).padStart(2, '0')).join(':')}`;
  if (format === 4) {
    const text = rest.map((code) => (code >= 0x20 && code < 0x7f ? String.fromCharCode(code) : '?')).join('');
    return `made from the text "${text}"`;
  }
  if (format === 5) return 'made from octets that an administrator chose';
  if (format === 128 && enterprise === 8072)
    return 'made from a random number and the time of its first start';
  return `in a form of its own (${format})`;
}
