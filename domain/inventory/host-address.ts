import ipaddr from 'ipaddr.js';
import { parseIpv4 } from './ipv4';

/**
 * The one way to write an IP address, for comparison: IPv4 in dotted decimals, also where it was written as an IPv4-mapped IPv6
 * address; IPv6 as RFC 5952 demands, its zone as it was written. Null for anything else, which includes IPv4 with leading zeros:
 * some programs read them as octal.
 */
export function canonicalAddress(text: string): string | null {
  if (parseIpv4(text) !== null) return text;
  const [, plain = '', zone = ''] = /^([^%]*)(%[\w.-]+)?$/.exec(text) ?? [];
  const quad = /[\d.]*\.[\d.]*$/.exec(plain)?.[0];
  if (quad !== undefined && parseIpv4(quad) === null) return null;
  // ipaddr.js takes "::192.0.2.1" for an IPv4-mapped address, which RFC 4291 section 2.5.5.1 does not.
  const groups = quad === undefined ? plain : plain.slice(0, -quad.length) + hexGroups(quad);
  if (!ipaddr.IPv6.isValid(groups)) return null;
  const address = ipaddr.IPv6.parse(groups);
  return address.isIPv4MappedAddress()
    ? address.toIPv4Address().toString()
    : address.toRFC5952String() + zone;
}

/** The last 32 bits of an address as IPv6 writes them. */
function hexGroups(quad: string): string {
  const [a = 0, b = 0, c = 0, d = 0] = quad.split('.').map(Number);
  return [a * 256 + b, c * 256 + d].map((group) => group.toString(16)).join(':');
}

/** A host for comparison: an address in its canonical form, a name in lower case without the final dot (RFC 4343). */
export function canonicalHost(host: string): string {
  return canonicalAddress(host) ?? host.toLowerCase().replace(/\.$/, '');
}
