import { timingSafeEqual } from 'node:crypto';
import type { Credential } from '../../domain/inventory/inventory';
import type { SecretResolver } from '../secrets/secret-resolver';
import { prepareNetSnmp, resolveSecurity, type SnmpSecurity } from '../snmp/codec/security';
import type { UsmUser } from './usm';

/**
 * Users and communities of the inventory with their passwords, by credential. Those whose password was not to be had are
 * looked up again with each `refresh`.
 */
export class CredentialBook {
  private readonly ready = new Map<string, SnmpSecurity & { credential: string }>();
  private readonly missing = new Map<string, string>();

  constructor(
    private readonly credentials: readonly Credential[],
    private readonly secrets: SecretResolver,
  ) {
    prepareNetSnmp();
  }

  /** Looks up what is not there yet. Never throws. */
  async refresh(): Promise<void> {
    for (const credential of this.credentials) {
      if (this.ready.has(credential.name)) continue;
      const resolved = await resolveSecurity(credential, this.secrets);
      if (resolved.ok) {
        this.ready.set(credential.name, { ...resolved.security, credential: credential.name });
        this.missing.delete(credential.name);
      } else this.missing.set(credential.name, resolved.words);
    }
  }

  /** SNMPv3 users with this name, by the names of the credentials that are asked about, in their order. */
  users(names: Iterable<string>, userName: string): UsmUser[] {
    const found: UsmUser[] = [];
    for (const name of names) {
      const security = this.ready.get(name);
      if (security?.kind === 'v3' && security.userName === userName) found.push(security);
    }
    return found;
  }

  /** The credentials among `names` whose community this is. */
  communities(names: Iterable<string>, community: Buffer): string[] {
    return [...names].filter((name) => {
      const security = this.ready.get(name);
      if (security?.kind !== 'v2c') return false;
      const own = Buffer.from(security.community, 'utf8');
      return own.length === community.length && timingSafeEqual(own, community);
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
