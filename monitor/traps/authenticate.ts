import type { RateLimit } from '../base/rate-limit';
import { levelFlags, messageFlag, type V3Message } from '../snmp/codec/message';
import type { CredentialRegistry, TrapUser } from './credential-registry';
import { isSignedBy } from './open-message';
import { printable } from './packet';

/** The flags that state a message's level of security. */
export const securityFlags = messageFlag.auth | messageFlag.priv;

/** Whether a message comes from one of our users. */
export type Authentication =
  | { outcome: 'authentic'; user: TrapUser }
  | { outcome: 'refused'; kind: 'unknownUser' | 'wrongLevel' | 'wrongPassword'; why: string }
  /** More digests are needed than may be computed. */
  | { outcome: 'too-fast' };

/**
 * Finds the user that sent a message among the named credentials. The cheap checks come first: the user, the level (exactly
 * the credential's), then the digest.
 */
export function authenticate(
  message: V3Message,
  credentialNames: Iterable<string>,
  credentials: CredentialRegistry,
  digests: RateLimit,
  monotonicMs: number,
): Authentication {
  const names = [...credentialNames];
  const users = credentials.users(names, message.user.toString('utf8'));
  if (users.length === 0) {
    const why =
      credentials.whyMissing(names) ?? 'no credential of the inventory has this user for this sender';
    return { outcome: 'refused', kind: 'unknownUser', why };
  }
  const level = message.flags & securityFlags;
  const fitting = users.filter((user) => levelFlags[user.level] === level);
  if (fitting.length === 0) {
    const why = `it is ${levelWords(level)}, but its credential requires another security level`;
    return { outcome: 'refused', kind: 'wrongLevel', why };
  }
  if (!digests.admits('', monotonicMs)) return { outcome: 'too-fast' };
  const user = fitting.find((one) => isSignedBy(message, one));
  if (user) return { outcome: 'authentic', user };
  const why = 'authentication failed: wrong authentication password or protocol';
  return { outcome: 'refused', kind: 'wrongPassword', why };
}

/** The user of a message as it may be shown. */
export function userWords({ user }: V3Message): string {
  return `user "${printable(user.toString('utf8'))}"`;
}

function levelWords(level: number): string {
  return level === 0 ? 'not authenticated' : level === securityFlags ? 'encrypted' : 'not encrypted';
}
