import { allEdges, isPolledHere, type Credential, type Inventory } from './inventory';
import { placeOf, secretOf } from './metrics-source';

/** A password that an inventory names, and where it would be sent. */
export interface SecretUse {
  source: { env: string } | { secret: string };
  /** Of SNMPv3 or of a source; null: a community, which SNMPv2c sends unencrypted. */
  user: string | null;
  /** Hosts of the edges that use it, in order. */
  hosts: string[];
}

/** Whether Heron reads an environment variable without being allowed to: an inventory must not send others, such as a cloud's key, to a host of its choice. */
export function isHeronVariable(name: string): boolean {
  return name.startsWith('HERON_');
}

/** Each password of an inventory, once per user. */
export function secretUses(inventory: Inventory): SecretUse[] {
  const edges = allEdges(inventory).filter(isPolledHere(inventory));
  const uses = new Map<string, SecretUse>();
  for (const credential of inventory.credentials) {
    const hosts = edges
      .filter(({ snmp }) => snmp?.credential === credential.name)
      .flatMap(({ snmp, managementIp }) => snmp?.host ?? managementIp ?? []);
    const user = credential.version === '3' ? credential.user : null;
    for (const source of sourcesOf(credential)) {
      const key = useKey({ source, user });
      const known = uses.get(key)?.hosts ?? [];
      uses.set(key, { source, user, hosts: [...new Set([...known, ...hosts])].sort() });
    }
  }
  for (const source of inventory.sources ?? []) {
    const secret = secretOf(source);
    if (!secret) continue;
    const use = { source: secret, user: source.user ?? 'bearer token' };
    const known = uses.get(useKey(use))?.hosts ?? [];
    uses.set(useKey(use), { ...use, hosts: [...new Set([...known, placeOf(source).host])].sort() });
  }
  return [...uses.values()];
}

/** The uses of an inventory that an earlier one did not have: other passwords or users, and further hosts. */
export function addedUses(before: Inventory, next: Inventory): SecretUse[] {
  const known = new Map(secretUses(before).map((use) => [useKey(use), use.hosts]));
  return secretUses(next).flatMap((use) => {
    const hosts = known.get(useKey(use));
    if (!hosts) return [use];
    const added = use.hosts.filter((host) => !hosts.includes(host));
    return added.length > 0 ? [{ ...use, hosts: added }] : [];
  });
}

function useKey({ source, user }: Pick<SecretUse, 'source' | 'user'>): string {
  return JSON.stringify([source, user]);
}

function sourcesOf(credential: Credential): SecretUse['source'][] {
  const parts =
    credential.version === '2c'
      ? [{ env: credential.communityEnv, secret: credential.communitySecret }]
      : [credential.auth, credential.priv].map((part) => ({
          env: part?.passwordEnv,
          secret: part?.passwordSecret,
        }));
  return parts.flatMap(({ env, secret }): SecretUse['source'][] =>
    env !== undefined ? [{ env }] : secret !== undefined ? [{ secret }] : [],
  );
}
