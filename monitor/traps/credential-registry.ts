import { timingSafeEqual } from 'node:crypto';
import type { Credential } from '../../domain/inventory/inventory';
import type { SecretResolver } from '../secrets/secret-resolver';
import { resolveSecurity, type SnmpSecurity } from '../snmp/client/resolve-security';
import type { UsmUser } from '../snmp/codec/usm-keys';

/** An SNMPv3 user, and the name of its credential in the inventory. */
export interface TrapUser extends UsmUser {
  credential: string;
}

/**
 * Users and communities of the inventory with their passwords, by credential. Those whose password could not be resolved are
 * looked up again with each `refresh`.
 */
export class CredentialRegistry {
  private readonly resolved = new Map<string, SnmpSecurity>();
  private readonly missing = new Map<string, string>();

  constructor(
    private readonly credentials: readonly Credential[],
    private readonly secrets: SecretResolver,
  ) {}

  /** Resolves what is not there yet. Never throws. */
  async refresh(): Promise<void> {
    for (const credential of this.credentials) {
      if (this.resolved.has(credential.name)) continue;
      const result = await resolveSecurity(credential, this.secrets);
      if (result.ok) {
        this.resolved.set(credential.name, result.security);
        this.missing.delete(credential.name);
      } else this.missing.set(credential.name, result.words);
    }
  }

  /** SNMPv3 users with this name among the named credentials, in their order. */
  users(names: Iterable<string>, userName: string): TrapUser[] {
    const found: TrapUser[] = [];
    for (const name of names) {
      const security = this.resolved.get(name);
      if (security?.kind === 'v3' && security.user.name === userName)
        found.push({ ...security.user, credential: name });
    }
    return found;
  }

  /** The credentials among `names` whose community this is. */
  communities(names: Iterable<string>, community: Buffer): string[] {
    return [...names].filter((name) => {
      const security = this.resolved.get(name);
      if (security?.kind !== 'v2c') return false;
      const expected = Buffer.from(security.community, 'utf8');
      return expected.length === community.length && timingSafeEqual(expected, community);
    });
  }

  /** Why a credential among `names` cannot be used, in words; null when all can. */
  whyMissing(names: Iterable<string>): string | null {
    for (const name of names) {
      const words = this.missing.get(name);
      if (words !== undefined) return words;
    }
    return null;
  }
}
