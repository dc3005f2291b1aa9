import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inventoryFileSchema } from '../../../../domain/inventory/inventory-file';
import { allEdges, identifyInventory, type Inventory } from '../../../../domain/inventory/inventory';
import { Pseudonyms } from '../../../../domain/redaction/pseudonyms';

/** Names, of which some begin like an engine ID. */
const word = fc.oneof(
  fc.stringMatching(/^[a-z]{4,9}-[0-9]{2,3}$/),
  fc.stringMatching(/^[0-9a-f]{8,10}-[0-9]{2,3}$/),
);
const address = fc
  .tuple(
    fc.integer({ min: 11, max: 99 }),
    fc.integer({ min: 100, max: 250 }),
    fc.integer({ min: 2, max: 250 }),
  )
  .map(([a, b, c]) => `${a}.${b}.${c}.${(c % 200) + 1}`)
  .filter((text) => !/^(192\.0\.2|198\.|203\.0\.113)/.test(text));

/** One cluster of some edges, everything in it with a name of its own. */
const inventories = fc
  .record({
    words: fc.uniqueArray(word, { minLength: 8, maxLength: 8 }),
    addresses: fc.uniqueArray(address, { minLength: 8, maxLength: 8 }),
  })
  .map(({ words, addresses }): { inventory: Inventory; secrets: string[] } => {
    const [name = '', site = '', one = '', two = '', alone = '', user = '', credential = '', host = ''] =
      words;
    const [ip = '', gateway = '', a = '', b = '', c = '', lb = '', management = ''] = addresses;
    const file = inventoryFileSchema.parse({
      credentials: [
        { name: credential, version: '3', user, auth: { protocol: 'sha1', passwordEnv: 'SECRET_NAME' } },
      ],
      clusters: [
        {
          name,
          site,
          clusterIp: ip,
          subnetMask: '255.255.255.0',
          defaultGateway: gateway,
          edges: [
            {
              name: one,
              proxyIp: a,
              lbIp: lb,
              managementIp: management,
              snmp: { credential, host: `${host}.example` },
            },
            { name: two, proxyIp: b },
          ],
        },
      ],
      standaloneEdges: [{ name: alone, proxyIp: c, http: { url: `http://${host}.example/` } }],
    });
    const used = [ip, gateway, a, b, c, lb, management];
    return { inventory: identifyInventory(file, null), secrets: [...words, ...used, 'SECRET_NAME'] };
  });

describe('pseudonyms', () => {
  it('leave no name and no address in an inventory, in an event, in a sentence', () => {
    fc.assert(
      fc.property(inventories, ({ inventory, secrets }) => {
        const pseudonyms = new Pseudonyms([inventory]);
        const [credential] = inventory.credentials;
        if (credential?.version === '3') pseudonyms.other('user', credential.user);
        const redacted = pseudonyms.inventory(inventory);
        inventoryFileSchema.shape.credentials.parse(redacted.credentials);
        const sentence = pseudonyms.text(
          `${inventory.clusters[0]?.name}: ${allEdges(inventory)
            .map(({ name, proxyIp }) => `${name} at ${proxyIp}.`)
            .join(' ')}`,
        );
        const event = pseudonyms.value({
          type: 'failover',
          clusterId: inventory.clusters[0]?.id,
          clusterName: inventory.clusters[0]?.name,
          cause: { kind: 'lb-stopped', evidence: [`${allEdges(inventory)[0]?.name} said so`] },
        });
        const all = JSON.stringify([redacted, sentence, event]);
        expect(secrets.filter((secret) => all.includes(secret))).toEqual([]);
        expect(event).toMatchObject({ type: 'failover', clusterId: 'cluster-1', clusterName: 'cluster-1' });
      }),
      { numRuns: 100 },
    );
  });

  it('are the same for the same thing, and different for different things', () => {
    fc.assert(
      fc.property(inventories, ({ inventory }) => {
        const pseudonyms = new Pseudonyms([inventory, inventory]);
        const ids = allEdges(inventory).map(({ id }) => pseudonyms.id(id));
        expect(ids).toEqual(['edge-1-1', 'edge-1-2', 'standalone-1']);
        expect(allEdges(inventory).map(({ name }) => pseudonyms.text(name))).toEqual(ids);
        const addresses = allEdges(inventory).map(({ proxyIp }) => pseudonyms.address(proxyIp));
        expect(new Set(addresses).size).toBe(addresses.length);
        expect(addresses.every((text) => /^(192\.0\.2|198\.51\.100|203\.0\.113)\.\d+$/.test(text))).toBe(
          true,
        );
      }),
      { numRuns: 50 },
    );
  });

  it('replace an IPv6 address and an address at the end of a sentence', () => {
    const pseudonyms = new Pseudonyms([]);
    expect(pseudonyms.text('It left 10.1.2.3. Then 2001:db8:0:1::5 came.')).toBe(
      'It left 192.0.2.1. Then 2001:db8::1 came.',
    );
    expect(pseudonyms.text('Version 1.2.3 of 4')).toBe('Version 1.2.3 of 4');
  });

  it('keep what an agent said only when it can be no name', () => {
    const pseudonyms = new Pseudonyms([]);
    expect(pseudonyms.value({ said: 'MASTER vhid 32' })).toEqual({ said: 'MASTER vhid 32' });
    expect(pseudonyms.value({ said: 'user@corp.example/x' })).toEqual({ said: '(left out)' });
  });
});
