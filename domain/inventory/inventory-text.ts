import { z } from 'zod';
import { canonicalAddress } from './host-address';
import { parseIpv4 } from './ipv4';

/* Schemas of the texts of an inventory: names, hosts, and names of secrets. */

/** A single line of printable characters, so that it can be shown on screen, in a log and in a terminal. */
export const lineSchema = z
  .string()
  .refine((text) => !/[\p{C}\p{Zl}\p{Zp}]/u.test(text), 'must be one line of printable characters');

/** A name of a cluster, edge or credential. */
export const nameSchema = lineSchema
  .trim()
  .min(1)
  .max(64)
  .describe('Shown everywhere; unique in the inventory.');

/** Digits and dots are an address or a typing error, never a host name (RFC 1123 section 2.1). */
export const hostSchema = z
  .string()
  .min(1)
  .max(253)
  .check((context) => {
    const message = hostFault(context.value);
    if (message !== null) context.issues.push({ code: 'custom', message, input: context.value });
  })
  .describe('Where SNMP is queried, if not at managementIp.');

const label = '[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?';
const hostName = new RegExp(`^${label}(?:\\.${label})*\\.?$`);
/** The last label of a host decides whether URLs read it as an IPv4 address, octal and hexadecimal parts included (URL standard). */
const endsInNumber = /(?:^|\.)(?:\d+|0x[0-9a-f]*)\.?$/i;

/** What is wrong with a host, as a predicate; null: nothing. */
function hostFault(text: string): string | null {
  if (/^\[.*\]$/.test(text)) return 'is in brackets, which belong to a URL: write the address without them';
  if (text.includes(':')) {
    return canonicalAddress(text) === null ? 'is not an IPv6 address' : null;
  }
  if (!endsInNumber.test(text)) return hostName.test(text) ? null : 'is not a host name or an address';
  if (parseIpv4(text) !== null) return null;
  const hasLeadingZero = /(?:^|\.)0\d/.test(text);
  return hasLeadingZero
    ? 'has leading zeros, which some programs read as octal: write each part without them'
    : 'is not a host name or an address';
}

/** Whether the host of a URL is an IPv4 address in another form than dotted decimals, which a browser reads differently than a person. */
export function hasAmbiguousAddress(url: string): boolean {
  const host = /^[a-z]+:[/\\]*(?:[^/\\?#@]*@)?([^/\\?#:]*)/i.exec(url)?.[1] ?? '';
  return endsInNumber.test(host) && parseIpv4(host) === null;
}

/**
 * The name of an environment variable. Upper case only (POSIX XBD section 8.1), so that nearly every password written here by
 * mistake is refused, and not printed as a name.
 */
export const variableSchema = z
  .string()
  .max(128)
  .regex(
    /^[A-Z_][A-Z0-9_]*$/,
    'is not the name of an environment variable (capital letters, digits and _). It is not repeated here: it may be the password itself',
  );

/** The name of a password in Heron's encrypted store. */
export const secretNameSchema = z
  .string()
  .max(64)
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9 ._/-]*$/,
    'is not the name of a stored secret (letters, digits, space and . _ / -). It is not repeated here: it may be the password itself',
  );
