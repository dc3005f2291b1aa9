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
  if ((quad !== undefined && parseIpv4(quad) === null) || !ipaddr.IPv6.isValid(plain)) return null;
  const address = ipaddr.IPv6.parse(plain);
  return address.isIPv4MappedAddress()
    ? address.toIPv4Address().toString()
    : address.toRFC5952String() + zone;
}

/** A host for comparison: an address in its canonical form, a name in lower case without the final dot (RFC 4343). */
export function canonicalHost(host: string): string {
  return canonicalAddress(host) ?? host.toLowerCase().replace(/\.$/, '');
}
