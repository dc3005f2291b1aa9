import { z } from 'zod';
import { parseIpv4 } from './ipv4';

/* Schemas of the texts of an inventory: names, hosts, and names of secrets. */

/** A single line of printable characters, so that it can be shown on screen, in a log and in a terminal. */
export const lineSchema = z
  .string()
  .refine((text) => !/\p{C}/u.test(text), 'must be one line of printable characters');

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
  .refine(
    (text) => (/^[\d.]+$/.test(text) ? parseIpv4(text) !== null : hostName.test(text) || ipv6Like.test(text)),
    'is not a host name or an address',
  )
  .describe('Where SNMP is asked, when not at managementIp.');

const label = '[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?';
const hostName = new RegExp(`^${label}(?:\\.${label})*\\.?$`);
const ipv6Like = /^[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(?:%[A-Za-z0-9]+)?$/;

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
